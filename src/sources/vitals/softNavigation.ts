/** A route change that the browser took for a navigation (https://wicg.github.io/soft-navigations/). */
export interface SoftNavigationEntry extends PerformanceEntry {
  navigationId: number
  interactionId: number
  paintTime?: number
  presentationTime?: number
  /** Missing in the browsers that only tried this out. */
  getLargestInteractionContentfulPaint?(): InteractionPaint | null
}

/** The largest paint so far that follows from an interaction. */
export interface InteractionPaint extends PerformanceEntry {
  interactionId: number
  largestContentfulPaint?: { renderTime: number }
}
