import { selector } from '../../page/selector.ts'
import { native } from '../../payload/native.ts'

/** https://wicg.github.io/layout-instability/, not among TypeScript's own types */
export interface LayoutShiftEntry extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources?: { node?: Node | null }[]
}

/** One session window of layout shifts: when it began and was last added to, its score, and its largest shift. */
export interface ShiftWindow {
  startTime: number
  lastTime: number
  score: number
  largest: { target: string; startTime: number; value: number }
}

/**
 * The session window that a shift belongs to: the latest one with this shift in it, or a new one. A window ends after a
 * second without a shift, and after five seconds at the latest. A shift right after an input belongs to none.
 */
export const shiftWindow = (latest: ShiftWindow | undefined, shift: LayoutShiftEntry): ShiftWindow | undefined => {
  const { hadRecentInput, startTime, value } = shift
  if (hadRecentInput) return latest
  const goesOn = latest && startTime - latest.lastTime < 1000 && startTime - latest.startTime < 5000
  // of two equal shifts the later one counts
  const isLargest = !goesOn || value >= latest.largest.value
  return {
    startTime: goesOn ? latest.startTime : startTime,
    lastTime: startTime,
    score: (goesOn ? latest.score : 0) + value,
    largest: isLargest ? { target: targetOf(shift), startTime, value } : latest.largest,
  }
}

/** Asked while the element is still in the page. */
const targetOf = ({ sources = [] }: LayoutShiftEntry) =>
  selector((sources.find(({ node }) => node && native(node, 'nodeType') === 1) ?? sources[0])?.node)
