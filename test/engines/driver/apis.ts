/** What an engine may have inside, by the name under which a test asks for it. */
export type Api = keyof ReturnType<typeof probe>

export type Apis = Record<Api, boolean>

/** Runs in a page of a secure context. */
export const probe = () => {
  const observes = (type: string) => PerformanceObserver.supportedEntryTypes.includes(type)
  const knows = (type: { prototype: object } | undefined, name: string) => !!type && name in type.prototype
  return {
    'long tasks': observes('longtask'),
    'long animation frames': observes('long-animation-frame'),
    'layout shifts': observes('layout-shift'),
    'largest contentful paint': observes('largest-contentful-paint'),
    'first input': observes('first-input'),
    'event timing': observes('event'),
    'first paint': performance.getEntriesByName('first-paint').length > 0,
    'soft navigations': observes('soft-navigation'),
    'client hints': knows(Navigator, 'userAgentData'),
    'network information': knows(Navigator, 'connection'),
    'device memory': knows(Navigator, 'deviceMemory'),
    battery: knows(Navigator, 'getBattery'),
    'memory measurement': knows(Performance, 'memory'),
    'reasons for no bfcache': knows(PerformanceNavigationTiming, 'notRestoredReasons'),
    'render blocking status': knows(PerformanceResourceTiming, 'renderBlockingStatus'),
    'response status': knows(PerformanceResourceTiming, 'responseStatus'),
    'delivery type': knows(PerformanceResourceTiming, 'deliveryType'),
    'content encoding': knows(PerformanceResourceTiming, 'contentEncoding'),
    'interim responses': knows(PerformanceResourceTiming, 'firstInterimResponseStart'),
    'final response headers': knows(PerformanceResourceTiming, 'finalResponseHeadersStart'),
    'server timing': knows(PerformanceResourceTiming, 'serverTiming'),
    fetchLater: 'fetchLater' in window,
    requestIdleCallback: 'requestIdleCallback' in window,
    'web locks': knows(Navigator, 'locks'),
    'compression streams': 'CompressionStream' in window,
    'navigation api': 'navigation' in window,
    'trusted types': 'trustedTypes' in window,
    'touch events': 'ontouchstart' in window,
    observables: 'when' in EventTarget.prototype,
  }
}
