import uPlot from 'uplot'
import type { Measure, Spread } from '../summaries.ts'
import { rate, ratings, thresholds } from '../thresholds.ts'
import { measured } from './format.ts'

export interface SpreadChartOptions {
  name: Measure
  spread: Spread
}

const height = 120

/** `<spread-chart .options=${…}>`: how many views had which value, in the colours of the ratings, with the p75 as a line. */
export class SpreadChart extends HTMLElement {
  #options: SpreadChartOptions | undefined
  #plot: uPlot | undefined
  readonly #resized = new ResizeObserver(() => this.#plot?.setSize({ width: this.#width, height }))
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)')

  set options(options: SpreadChartOptions) {
    // fetched anew, and the same
    if (JSON.stringify(this.#options) === JSON.stringify(options)) return
    this.#options = options
    if (this.isConnected) this.#draw()
  }

  connectedCallback(): void {
    this.#resized.observe(this)
    this.#scheme.addEventListener('change', this.#draw)
    this.#draw()
  }

  disconnectedCallback(): void {
    this.#resized.disconnect()
    this.#scheme.removeEventListener('change', this.#draw)
    this.#plot?.destroy()
    this.#plot = undefined
  }

  get #width(): number {
    return Math.max(120, this.clientWidth)
  }

  readonly #draw = () => {
    const options = this.#options
    if (!options) return
    this.#plot?.destroy()
    const { name, spread } = options
    const { bars, top } = spread
    const style = getComputedStyle(this)
    const colour = (variable: string) => style.getPropertyValue(`--${variable}`).trim()
    const step = top / bars.length
    const middles = bars.map((_, n) => (n + 0.5) * step)
    const fits = [0.9, Number.POSITIVE_INFINITY]
    this.#plot = new uPlot(
      {
        width: this.#width,
        height,
        padding: [12, 8, 0, 8],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: () => [0, top] }, y: { range: () => [0, Math.max(1, ...bars)] } },
        axes: [
          {
            size: 24,
            font: '11px system-ui, sans-serif',
            stroke: colour('soft'),
            grid: { show: false },
            ticks: { show: false },
            // the limits are the ticks that matter
            splits: () => [0, ...thresholds[name]],
            values: (_, values) => values.map((value) => (value ? measured(name, value) : '0')),
          },
          { show: false },
        ],
        series: [
          {},
          ...ratings.map((rating) => ({
            fill: colour(rating),
            paths: uPlot.paths.bars?.({ size: fits as [number, number], gap: 0 }) as uPlot.Series.PathBuilder,
            points: { show: false },
          })),
        ],
        hooks: { draw: [(plot) => mark(plot, spread.p75, colour('text'))] },
      },
      [
        middles,
        ...ratings.map((rating) => bars.map((bar, n) => (rate(name, middles[n] as number) === rating ? bar : null))),
      ],
      this,
    )
  }
}

function mark({ ctx, bbox, valToPos }: uPlot, p75: number, colour: string): void {
  const x = valToPos(p75, 'x', true)
  ctx.save()
  ctx.fillStyle = colour
  ctx.fillRect(x, bbox.top, devicePixelRatio, bbox.height)
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = x > bbox.left + bbox.width * 0.85 ? 'right' : 'left'
  ctx.fillText('p75', x + (ctx.textAlign === 'left' ? 4 : -4) * devicePixelRatio, bbox.top + 8 * devicePixelRatio)
  ctx.restore()
}
