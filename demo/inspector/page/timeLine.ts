import { html, render, type TemplateResult } from 'lit-html'
import uPlot from 'uplot'
import { duration } from './format.ts'
import { type FrameRates, frameRates } from './frameRates.ts'
import { type Happening, type Kind, kinds } from './happenings.ts'
import { drawLanes, fpsHeight, laneHeight, palette, space } from './laneDrawing.ts'
import type { ViewModel } from './viewModel.ts'

export interface TimeLineOptions {
  model: ViewModel
  /** The span that is shown; all of it unless given. */
  range: [from: number, to: number] | undefined
  /** The happening that is chosen. */
  chosen: Happening | undefined
  zoom(range: [from: number, to: number] | undefined): void
  choose(happening: Happening): void
}

const lanes = Object.keys(kinds) as Kind[]
const axisHeight = 30

/**
 * `<time-line .options=${…}>`: frames per second above, a lane for each kind of happening below, one axis. Drag to zoom,
 * double click for all; the arrow keys move, `+` and `-` zoom, `0` shows all.
 */
export class TimeLine extends HTMLElement {
  #options: TimeLineOptions | undefined
  #plot: uPlot | undefined
  #model: ViewModel | undefined
  #rates: FrameRates = frameRates([], 0)
  readonly #resized = new ResizeObserver(() => this.#resize())
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)')

  set options(options: TimeLineOptions) {
    this.#options = options
    if (this.isConnected) this.#draw()
  }

  /** What can't be drawn leaves the rest of the page alone. */
  #draw(): void {
    try {
      this.#plotAll()
    } catch (error) {
      this.#place.textContent = `This can not be drawn: ${String(error)}`
      this.#plot = undefined
    }
  }

  connectedCallback(): void {
    this.addEventListener('keydown', this.#press)
    this.#scheme.addEventListener('change', this.#repaint)
    render(this.#frame(), this)
    this.#resized.observe(this.#place)
    this.#draw()
  }

  disconnectedCallback(): void {
    this.#resized.disconnect()
    this.#scheme.removeEventListener('change', this.#repaint)
    this.#plot?.destroy()
    this.#plot = undefined
  }

  get #place(): HTMLElement {
    return this.querySelector('.plot') as HTMLElement
  }

  /** The span in view. */
  get #range(): [number, number] {
    const [from, to] = this.#options?.model.extent ?? [0, 1]
    const start = Math.min(0, from) === 0 && from < (to - from) * 2 ? 0 : from
    const margin = Math.max(50, (to - start) * 0.02)
    return this.#options?.range ?? [start - margin, to + margin]
  }

  #frame(): TemplateResult {
    return html`
      <div class="lanes" aria-hidden="true">
        <span class="fps-label">Frames / s</span>
        ${lanes.map((kind) => html`<span class=${`kind-${kind}`}><i></i>${kinds[kind]}</span>`)}
      </div>
      <div class="plot" tabindex="0" role="application" aria-roledescription="time line"
        aria-label="Time line. Arrow keys move, plus and minus zoom, zero shows all. The list below has the same items."></div>
      <div class="tip" hidden></div>
      <div class="zoom" role="group" aria-label="Zoom and move">
        <button class="button small" type="button" aria-label="Zoom in" @click=${() => this.#zoom(0.5)}>+</button>
        <button class="button small" type="button" aria-label="Zoom out" @click=${() => this.#zoom(2)}>−</button>
        <button class="button small" type="button" @click=${() => this.#options?.zoom(undefined)}>All</button>
        <button class="button small" type="button" aria-label="Earlier" @click=${() => this.#move(-0.5)}>‹</button>
        <button class="button small" type="button" aria-label="Later" @click=${() => this.#move(0.5)}>›</button>
      </div>
    `
  }

  #plotAll(): void {
    const options = this.#options
    if (!options) return
    this.#plot ??= this.#make()
    const [min, max] = this.#range
    if (this.#model !== options.model) {
      this.#model = options.model
      this.#rates = frameRates(options.model.fps, top)
      this.#plot.setData([this.#rates.times, this.#rates.drawn], false)
    }
    // draws, too
    this.#plot.setScale('x', { min, max })
  }

  #make(): uPlot {
    const colours = () => palette(this)
    const plot: uPlot = new uPlot(
      {
        width: Math.max(200, this.#place.clientWidth),
        height: axisHeight + fpsHeight + lanes.length * laneHeight,
        padding: [0, 0, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
        scales: {
          x: { time: false, range: () => this.#range },
          // the frames have the upper part to themselves
          y: { auto: false, range: () => [-(top * lanes.length * laneHeight) / fpsHeight, top] },
        },
        axes: [
          {
            side: 0,
            size: axisHeight,
            gap: 4,
            space,
            font: '11px system-ui, sans-serif',
            stroke: () => colours().soft,
            grid: { stroke: () => colours().grid, width: 1 },
            ticks: { show: false },
            values: (_, times) => times.map((time) => (time ? duration(time) : '0')),
          },
          { show: false },
        ],
        series: [
          {},
          {
            stroke: () => colours().fps,
            fill: () => colours().fpsFill,
            width: 1.25,
            // a rate holds until another one is told
            paths: uPlot.paths.stepped?.({ align: 1 }) as uPlot.Series.PathBuilder,
            points: { show: false },
          },
        ],
        hooks: {
          drawClear: [(self) => drawLanes(self, this.#options as TimeLineOptions, lanes, colours(), 'below')],
          draw: [(self) => drawLanes(self, this.#options as TimeLineOptions, lanes, colours(), 'above')],
          setSelect: [(self) => this.#select(self)],
          setCursor: [(self) => this.#hover(self)],
        },
      },
      [[], []],
      this.#place,
    )
    plot.over.addEventListener('click', () => {
      const found = this.#hit(plot)
      if (found) this.#options?.choose(found)
    })
    plot.over.addEventListener('dblclick', () => this.#options?.zoom(undefined))
    return plot
  }

  #select(plot: uPlot): void {
    const { left, width } = plot.select
    if (width < 4) return
    plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
    this.#options?.zoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')])
  }

  #zoom(by: number, towards = 0.5): void {
    const [from, to] = this.#range
    const span = Math.max(5, (to - from) * by)
    const start = from + (to - from - span) * towards
    this.#options?.zoom([start, start + span])
  }

  #move(by: number): void {
    const [from, to] = this.#range
    const step = (to - from) * by
    this.#options?.zoom([from + step, to + step])
  }

  readonly #press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target as Element).matches('.plot')) return
    const keys: Record<string, () => void> = {
      ArrowLeft: () => this.#move(-0.2),
      ArrowRight: () => this.#move(0.2),
      '+': () => this.#zoom(0.5),
      '=': () => this.#zoom(0.5),
      '-': () => this.#zoom(2),
      '0': () => this.#options?.zoom(undefined),
      Escape: () => this.#options?.zoom(undefined),
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  /** The happening under the pointer: the nearest of its lane, within some pixels. */
  #hit(plot: uPlot): Happening | undefined {
    const { left = -1, top: y = -1 } = plot.cursor
    const lane = lanes[Math.floor((y - fpsHeight) / laneHeight)]
    if (left < 0 || y < fpsHeight || !lane) return undefined
    let best: Happening | undefined
    let distance = 8
    for (const each of this.#options?.model.happenings ?? []) {
      const { kind, time, duration: length = 0 } = each
      if (kind !== lane) continue
      const [start, end] = [plot.valToPos(time, 'x'), plot.valToPos(time + length, 'x')]
      const away = left < start ? start - left : Math.max(0, left - end)
      if (away <= distance) [best, distance] = [each, away]
    }
    return best
  }

  #hover(plot: uPlot): void {
    const tip = this.querySelector<HTMLElement>('.tip')
    if (!tip) return
    const { left = -1, idx } = plot.cursor
    const found = this.#hit(plot)
    const text = found ? describe(found) : left >= 0 ? `${duration(plot.posToVal(left, 'x'))}${this.#rateAt(idx)}` : ''
    tip.hidden = !text
    tip.textContent = text
    plot.over.classList.toggle('over-item', !!found)
    const edge = this.#place.offsetLeft + left
    tip.style.left = `${Math.max(4, Math.min(edge + 12, this.clientWidth - tip.offsetWidth - 4))}px`
    tip.style.top = `${this.#place.offsetTop + axisHeight + (plot.cursor.top ?? 0) + 16}px`
  }

  #rateAt(index: number | null | undefined): string {
    const rate = index == null ? undefined : this.#rates.rates[index]
    return rate == null ? '' : `, ${rate} frames / s`
  }

  #resize(): void {
    const width = this.#place.clientWidth
    if (this.#plot && width > 0 && width !== this.#plot.width) this.#plot.setSize({ width, height: this.#plot.height })
  }

  readonly #repaint = () => this.#plot?.redraw(false, true)
}

/** The highest rate that has room; the line of a screen of 120 Hz runs along the top. */
const top = 75

function describe({ kind, time, title }: Happening): string {
  return `${kinds[kind]} at ${duration(time)}: ${title}`
}
