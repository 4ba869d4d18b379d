import { expect } from 'vitest'
import type { Api } from './driver/apis.ts'
import type { visits } from './visits.ts'

/** What a field of the payload holds. */
export interface Field {
  /** A matcher that a value passes. */
  is: unknown
  /** The value where the browser has nothing to say; absent unless said. */
  empty?: unknown
  /** What the browser must have for it; nothing unless said. */
  needs?: Api
  /** The visit in which it gets a value. */
  visit?: keyof typeof visits
}

type Fields = Record<string, Field>

const number = expect.toSatisfy((value) => typeof value === 'number' && Number.isFinite(value) && value >= 0, 'number')
const positive = expect.toSatisfy(
  (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  'above 0',
)
const epoch = expect.toSatisfy((value) => typeof value === 'number' && value > 1.6e12, 'epoch ms')
const text = expect.stringMatching(/./)
const anyText = expect.any(String)

/** The same for all parts of an object. */
const parts = (path: string, names: string, field: Field): Fields =>
  Object.fromEntries(names.split(' ').map((name) => [`${path}.${name}`, field]))

/** The parts of a vital's attribution; an empty text tells that there is no element, no resource. */
const attribution = (vital: string, texts: string, numbers: string, needs?: Api): Fields => ({
  ...(texts && parts(`metrics.attribution.${vital}`, texts, { is: anyText, ...(needs && { needs }) })),
  ...parts(`metrics.attribution.${vital}`, numbers, { is: number, ...(needs && { needs }) }),
})

const session: Fields = {
  'session.id': { is: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) },
  'session.startTime': { is: epoch },
  'session.lastLoop': { is: epoch },
  'session.duration': { is: number },
}

const view: Fields = {
  'view.id': { is: '/shop' },
  'view.startTime': { is: epoch },
  'view.href': { is: expect.stringMatching(/^http:\/\/.*\/shop\?id=1#top$/) },
  'view.protocol': { is: 'http:' },
  'view.host': { is: expect.stringMatching(/^\w+\.localhost:\d+$/) },
  'view.hostname': { is: expect.stringMatching(/^\w+\.localhost$/) },
  'view.port': { is: expect.stringMatching(/^\d+$/) },
  'view.pathname': { is: '/shop' },
  'view.search': { is: '?id=1' },
  'view.hash': { is: '#top' },
  'view.origin': { is: expect.stringMatching(/^http:\/\/\w+\.localhost:\d+$/) },
  'view.referer': { is: expect.stringMatching(/^http:\/\/.*\/start$/) },
  'view.visibility': { is: expect.stringMatching(/^(visible|hidden)$/) },
  'view.usedMemory': { is: positive, needs: 'memory measurement' },
  'view.timeOrigin': { is: epoch, visit: 'restored' },
}

const lists: Fields = {
  'view.longTasks[].name': { is: text, needs: 'long tasks' },
  ...parts('view.longTasks[]', 'startTime duration', { is: number, needs: 'long tasks' }),
  ...Object.fromEntries(
    'css javascript image fetch font other'
      .split(' ')
      .map((type) => [`view.resourceTypes.${type}.count`, { is: positive }]),
  ),
  ...parts('view.errors[].causes[]', 'type message', { is: text }),
  'view.errors[].causes[].stack': { is: anyText },
  'view.errors[].context': { is: { cart: 1 } },
  'view.errors[].isHandled': { is: true },
  'view.marks[].name': { is: 'HE-menu' },
  'view.marks[].detail': { is: { items: 3 } },
  'view.marks[].startTime': { is: positive },
  'view.events[].timeStamp': { is: positive },
  'view.fps[].timeStamp': { is: positive },
  'view.fps[].fps': { is: number },
  ...parts('view.longAnimationFrames[]', 'startTime duration blockingDuration renderStart styleAndLayoutStart', {
    is: number,
    needs: 'long animation frames',
  }),
  ...parts('view.longAnimationFrames[].scripts[]', 'invoker invokerType sourceURL', {
    is: text,
    empty: '',
    needs: 'long animation frames',
  }),
  'view.longAnimationFrames[].scripts[].sourceFunctionName': { is: anyText, needs: 'long animation frames' },
  'view.longAnimationFrames[].scripts[].duration': { is: positive, needs: 'long animation frames' },
  'view.console[].type': { is: 'error' },
  'view.console[].timeStamp': { is: positive },
  'view.console[].value': { is: { 0: 'an error', 1: { id: 1 } } },
  'view.errors[].type': { is: 'error' },
  'view.errors[].message': { is: expect.stringContaining('no basket') },
  'view.errors[].stack': { is: anyText },
  'view.errors[].source': { is: anyText },
  ...parts('view.errors[]', 'line column timeStamp', { is: number }),
  'view.actions[].pointerType': { is: 'mouse' },
  'view.actions[].type': { is: 'click' },
  'view.actions[].target': { is: 'button' },
  'view.actions[].timeStamp': { is: positive },
  'view.actions[].name': { is: 'order' },
}

const resources: Fields = {
  'view.resources[].name': { is: expect.stringMatching(/^http:/) },
  'view.resources[].entryType': { is: 'resource' },
  'view.resources[].initiatorType': { is: text },
  'view.resources[].nextHopProtocol': { is: 'http/1.1', empty: '' },
  ...parts(
    'view.resources[]',
    'startTime duration workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart secureConnectionStart connectEnd requestStart responseStart responseEnd transferSize encodedBodySize decodedBodySize',
    { is: number },
  ),
  'view.resources[].renderBlockingStatus': {
    is: expect.stringMatching(/^(non-)?blocking$/),
    needs: 'render blocking status',
  },
  'view.resources[].responseStatus': { is: number, needs: 'response status' },
  'view.resources[].deliveryType': { is: anyText, needs: 'delivery type' },
  'view.resources[].contentEncoding': { is: anyText, needs: 'content encoding' },
  'view.resources[].firstInterimResponseStart': { is: number, needs: 'interim responses' },
  'view.resources[].finalResponseHeadersStart': { is: number, needs: 'final response headers' },
  'view.resources[].serverTiming[].name': { is: 'render', needs: 'server timing' },
  'view.resources[].serverTiming[].duration': { is: 20.5, needs: 'server timing' },
  'view.resources[].serverTiming[].description': { is: 'on the server', needs: 'server timing' },
}

const attributes: Fields = {
  'attributes.labels': { is: ['env=test'] },
  'attributes.browser': { is: text },
  'attributes.browserVersion': { is: expect.stringMatching(/^\d+$/) },
  'attributes.uaParser': { is: 'userAgentData', empty: 'userAgent', needs: 'client hints' },
  'attributes.ua': { is: text },
  'attributes.connection': {
    is: { effectiveType: text, rtt: number, downlink: number, saveData: expect.any(Boolean) },
    empty: null,
    needs: 'network information',
  },
  'attributes.device.type': { is: 'desktop' },
  'attributes.device.platform': { is: anyText },
  'attributes.device.memory': { is: positive, empty: null, needs: 'device memory' },
  'attributes.device.cpu': { is: positive, empty: null },
  'attributes.device.charging': { is: expect.any(Boolean), empty: false, needs: 'battery' },
  'audits.crossOriginIsolated': { is: false },
}

const metrics: Fields = {
  'metrics.fp': { is: positive, needs: 'first paint' },
  'metrics.fcp': { is: positive },
  'metrics.lcp': { is: positive, needs: 'largest contentful paint' },
  'metrics.cls': { is: number, needs: 'layout shifts' },
  'metrics.inp': { is: expect.toSatisfy((value) => value >= 100, 'the click'), needs: 'event timing' },
  'metrics.fid': { is: number, needs: 'first input' },
  ...parts(
    'metrics',
    'ttfb responseTime domContentLoadedEventStart domContentLoadedEventEnd domContentLoadedDuration renderDuration domComplete duration',
    { is: number },
  ),
  'metrics.navigationType': { is: 'navigate' },
  'metrics.softNavigations': {
    is: expect.toSatisfy((value) => Object.keys(value ?? {}).length > 0, 'by id'),
    needs: 'soft navigations',
    visit: 'soft',
  },
  'metrics.serverTiming[].name': { is: 'render', needs: 'server timing' },
  'metrics.serverTiming[].duration': { is: 20.5, needs: 'server timing' },
  'metrics.serverTiming[].description': { is: 'on the server', needs: 'server timing' },
  'metrics.notRestoredReasons': {
    is: expect.objectContaining({ reasons: expect.any(Array) }),
    needs: 'reasons for no bfcache',
    visit: 'back',
  },
  ...attribution('fcp', '', 'timeToFirstByte firstByteToFCP'),
  ...attribution(
    'lcp',
    'target url',
    'timeToFirstByte resourceLoadDelay resourceLoadDuration elementRenderDelay',
    'largest contentful paint',
  ),
  ...attribution('cls', 'target', 'largestShiftTime largestShiftValue', 'layout shifts'),
  ...attribution('inp', 'target', 'time inputDelay processingDuration presentationDelay', 'event timing'),
  'metrics.attribution.inp.longestScript': {
    is: expect.objectContaining({ duration: positive }),
    needs: 'long animation frames',
  },
  ...attribution('ttfb', '', 'waitingDuration cacheDuration dnsDuration connectionDuration requestDuration'),
}

const beacon: Fields = {
  'beacon.id': { is: text },
  'beacon.seq': { is: number },
  'beacon.reason': { is: expect.stringMatching(/^(sample|entries|action|route|hidden|stop|recovered)$/) },
  'beacon.version': { is: expect.stringMatching(/^\d+\.\d+\.\d+/) },
  'beacon.dropped': { is: { 'view.events[]': positive }, visit: 'flood' },
}

/** Every field of the payload, by its path. */
export const fields: Fields = {
  ...session,
  ...view,
  ...lists,
  ...resources,
  ...attributes,
  ...metrics,
  ...beacon,
}
