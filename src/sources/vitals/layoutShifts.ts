/** https://wicg.github.io/layout-instability/, not among TypeScript's own types */
export interface LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node?: Node | null }[]
}

/** Two session windows of layout shifts: the latest, which may go on, and the largest. */
export type Shifts = [latest: LayoutShift[], largest: LayoutShift[]]

/** The score of a session window. */
export const sumOf = (layoutShifts: LayoutShift[]): number => layoutShifts.reduce((sum, { value }) => sum + value, 0)

/**
 * The windows with one shift more. A window ends with a second without a shift, and after five seconds at the latest.
 * What shifts right after an input does not count.
 */
export const addToLayoutShifts = ([latest, largest]: Shifts, shift: LayoutShift): Shifts => {
  if (shift.hadRecentInput) return [latest, largest]
  const window = isWithin(1000, shift, latest.at(-1)) && isWithin(5000, shift, latest[0]) ? [...latest, shift] : [shift]
  return [window, sumOf(window) > sumOf(largest) ? window : largest]
}

const isWithin = (span: number, { startTime }: LayoutShift, earlier?: LayoutShift) =>
  !!earlier && startTime - earlier.startTime < span
