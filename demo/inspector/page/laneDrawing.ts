import type uPlot from 'uplot'
import { duration } from './format.ts'
import type { Happening, Kind } from './happenings.ts'
import type { TimeLineOptions } from './timeLine.ts'

export const fpsHeight = 72
export const laneHeight = 20
/** Pixels between two ticks of the axis, at least. */
export const space = 70

export interface Palette {
  soft: string
  grid: string
  fps: string
  fpsFill: string
  bad: string
  warn: string
  accent: string
  stripe: string
  panel: string
  kind: Record<Kind, string>
}

/** The colours of the style sheet, as they are now. */
export function palette(element: Element): Palette {
  const style = getComputedStyle(element)
  const get = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ...{ soft: get('soft'), grid: get('grid'), fps: get('fps'), fpsFill: get('fps-fill'), bad: get('poor') },
    ...{ warn: get('fair'), accent: get('accent'), stripe: get('stripe'), panel: get('panel') },
    kind: {
      ...{ longTask: get('k-long-task'), longFrame: get('k-long-frame'), mark: get('k-mark'), action: get('k-action') },
      ...{ event: get('k-event'), console: get('k-console'), error: get('k-error'), route: get('k-route') },
      beacon: get('k-beacon'),
    },
  }
}

/** Draws what lies below the frame rates (stripes), or above them: what happened, and the moments of loading. */
export function drawLanes(
  plot: uPlot,
  options: TimeLineOptions,
  lanes: Kind[],
  colours: Palette,
  part: 'below' | 'above',
): void {
  const { ctx } = plot
  const scale = devicePixelRatio
  ctx.save()
  ctx.translate(plot.bbox.left, plot.bbox.top)
  ctx.scale(scale, scale)
  const width = plot.bbox.width / scale
  ctx.beginPath()
  ctx.rect(0, 0, width, plot.bbox.height / scale)
  ctx.clip()
  if (part === 'below') stripes(ctx, lanes.length, width, colours)
  else {
    const x = (time: number) => plot.valToPos(time, 'x')
    milestones(ctx, options, x, lanes.length, colours)
    for (const happening of options.model.happenings) {
      const y = fpsHeight + lanes.indexOf(happening.kind) * laneHeight
      item(ctx, happening, x(happening.time), x(happening.time + (happening.duration ?? 0)), y, width, colours)
      if (happening.key === options.chosen?.key)
        ring(ctx, happening, x(happening.time), x(happening.time + (happening.duration ?? 0)), y, colours)
    }
  }
  ctx.restore()
}

function stripes(ctx: CanvasRenderingContext2D, lanes: number, width: number, { stripe, grid }: Palette): void {
  for (let n = 0; n < lanes; n += 2) {
    ctx.fillStyle = stripe
    ctx.fillRect(0, fpsHeight + n * laneHeight, width, laneHeight)
  }
  ctx.fillStyle = grid
  ctx.fillRect(0, fpsHeight, width, 1)
}

function item(
  ctx: CanvasRenderingContext2D,
  { kind, duration: length, tone }: Happening,
  from: number,
  to: number,
  y: number,
  width: number,
  colours: Palette,
): void {
  if (to < -6 || from > width + 6) return
  ctx.fillStyle = tone === 'bad' ? colours.bad : tone === 'warn' ? colours.warn : colours.kind[kind]
  ctx.beginPath()
  if (length !== undefined) ctx.roundRect(from, y + 4, Math.max(2.5, to - from), laneHeight - 8, 2)
  else if (kind === 'error') diamond(ctx, from, y + laneHeight / 2, 5)
  else if (kind === 'mark' || kind === 'route') ctx.roundRect(from - 1.25, y + 3, 2.5, laneHeight - 6, 1)
  else if (kind === 'console') ctx.roundRect(from - 3.5, y + laneHeight / 2 - 3.5, 7, 7, 1.5)
  else if (kind === 'beacon') triangle(ctx, from, y + laneHeight / 2)
  else ctx.arc(from, y + laneHeight / 2, 4, 0, Math.PI * 2)
  ctx.fill()
}

function ring(
  ctx: CanvasRenderingContext2D,
  { duration: length }: Happening,
  from: number,
  to: number,
  y: number,
  { accent }: Palette,
): void {
  ctx.strokeStyle = accent
  ctx.lineWidth = 2
  ctx.beginPath()
  if (length !== undefined) ctx.roundRect(from - 2, y + 2, Math.max(2.5, to - from) + 4, laneHeight - 4, 3)
  else ctx.arc(from, y + laneHeight / 2, 8, 0, Math.PI * 2)
  ctx.stroke()
}

function diamond(ctx: CanvasRenderingContext2D, x: number, y: number, r: number): void {
  ctx.moveTo(x, y - r)
  ctx.lineTo(x + r, y)
  ctx.lineTo(x, y + r)
  ctx.lineTo(x - r, y)
}

function triangle(ctx: CanvasRenderingContext2D, x: number, y: number): void {
  ctx.moveTo(x, y - 4.5)
  ctx.lineTo(x + 4.5, y + 3.5)
  ctx.lineTo(x - 4.5, y + 3.5)
}

/** First paints, largest paint, load: lines through all lanes, their names on top, below each other where it is tight. */
function milestones(
  ctx: CanvasRenderingContext2D,
  { model: { metrics } }: TimeLineOptions,
  x: (time: number) => number,
  lanes: number,
  { soft, accent, panel }: Palette,
): void {
  // those of a page that came back count from then
  if (/cache/.test(metrics.navigationType ?? '')) return
  const found = (
    [
      ['TTFB', metrics.ttfb],
      ['FCP', metrics.fcp],
      ['LCP', metrics.lcp],
      ['load', metrics.duration],
    ] as const
  ).filter((each): each is [(typeof each)[0], number] => each[1] !== undefined)
  ctx.font = '10px system-ui, sans-serif'
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  const rows = [0, 0, 0, 0]
  for (const [name, time] of found.toSorted((a, b) => a[1] - b[1])) {
    const at = Math.round(x(time))
    const label = `${name} ${duration(time)}`
    const row = Math.max(
      0,
      rows.findIndex((end) => end <= at),
    )
    rows[row] = at + ctx.measureText(label).width + 10
    ctx.fillStyle = name === 'LCP' ? accent : soft
    ctx.globalAlpha = 0.55
    ctx.fillRect(at, row * 12, 1, fpsHeight + lanes * laneHeight)
    ctx.globalAlpha = 1
    // a halo, for the line of the frame rates may pass behind
    ctx.strokeStyle = panel
    ctx.lineWidth = 3
    ctx.strokeText(label, at + 4, row * 12 + 2)
    ctx.fillText(label, at + 4, row * 12 + 2)
  }
}
