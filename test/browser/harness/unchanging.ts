/**
 * For a page that is to have nothing to tell, first in its head: a busy machine holds up a page, and its memory changes while it
 * waits.
 */
export const unchanging = `<script>{
  const { PerformanceObserver } = window
  const knownTypes = PerformanceObserver.supportedEntryTypes.filter((type) => !/^long/.test(type))
  Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: knownTypes })
  if (performance.memory) Object.defineProperty(performance, 'memory', { value: { usedJSHeapSize: 10e6 } })
}</script>`
