import { type Told, untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { complaining, page } from './shop.ts'

declare const complaints: string[]
declare const uncaught: string[]

type Check = (told: Told) => void

/** What a browser may lack: the script that takes it away, and what the client makes of that. */
const missing: [api: string, script: string, check?: Check][] = [
  ['navigator.connection', take('Navigator.prototype', 'connection'), has('attributes', { connection: null })],
  ['navigator.getBattery', take('Navigator.prototype', 'getBattery'), device({ charging: false })],
  [
    'a battery that may be asked',
    'Navigator.prototype.getBattery = () => Promise.reject(new Error("no"))',
    device({ charging: false }),
  ],
  [
    'navigator.getBattery that does not throw',
    'Navigator.prototype.getBattery = () => { throw new Error("no") }',
    device({ charging: false }),
  ],
  [
    'navigator.userAgentData',
    take('Navigator.prototype', 'userAgentData'),
    ({ attributes }) => {
      expect(attributes).toMatchObject({ uaParser: 'userAgent', ua: expect.stringMatching(/^Mozilla/) })
      expect(attributes.browserVersion).toMatch(/^\d+$/)
    },
  ],
  ['navigator.deviceMemory', take('Navigator.prototype', 'deviceMemory'), device({ memory: null })],
  ['navigator.hardwareConcurrency', take('Navigator.prototype', 'hardwareConcurrency'), device({ cpu: null })],
  [
    'performance.memory',
    take('Performance.prototype', 'memory'),
    ({ view }) => expect(view.usedMemory).toBeUndefined(),
  ],
  ['navigation', take('window', 'navigation')],
  ['navigator.sendBeacon', take('Navigator.prototype', 'sendBeacon')],
  [
    'crypto.randomUUID',
    take('Crypto.prototype', 'randomUUID'),
    ({ session }) => expect(session.id).toMatch(/^[\da-f-]{36}$/),
  ],
  ['crypto.subtle', take('Crypto.prototype', 'subtle')],
  [
    'localStorage',
    'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } })',
    ({ session }) => expect(session.id).toMatch(/^[\da-f-]{36}$/),
  ],
  [
    'room in localStorage',
    'Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }',
  ],
  ['indexedDB', take('window', 'indexedDB')],
  ['requestIdleCallback', `${take('window', 'requestIdleCallback')};${take('window', 'cancelIdleCallback')}`],
  ['structuredClone', take('window', 'structuredClone')],
  ['CompressionStream', take('window', 'CompressionStream')],
  ['navigator.locks', take('Navigator.prototype', 'locks')],
  ['BroadcastChannel', take('window', 'BroadcastChannel')],
  ['fetchLater', take('window', 'fetchLater')],
  ['trustedTypes', take('window', 'trustedTypes')],
  ['URL.canParse', take('URL', 'canParse')],
  [
    'crossOriginIsolated',
    take('window', 'crossOriginIsolated'),
    ({ audits }) => expect(audits.crossOriginIsolated).toBeUndefined(),
  ],
  ['document.currentScript', take('Document.prototype', 'currentScript')],
  [
    'PerformanceObserver',
    take('window', 'PerformanceObserver'),
    ({ view, metrics }) => {
      expect([view.resources, view.longTasks, view.marks]).toEqual([[], [], []])
      expect(metrics.duration).toBeGreaterThan(0)
    },
  ],
  ['PerformanceObserver.supportedEntryTypes', take('PerformanceObserver', 'supportedEntryTypes')],
  ...(
    [
      ['longtask', ({ view }) => expect(view.longTasks).toEqual([])],
      ['long-animation-frame', ({ view }) => expect(view.longAnimationFrames).toEqual([])],
      ['resource', ({ view }) => expect([view.resources, view.resourceTypes]).toEqual([[], undefined])],
      ['mark', ({ view }) => expect(view.marks).toEqual([])],
      ['paint', ({ metrics }) => expect([metrics.fp, metrics.fcp]).toEqual([undefined, undefined])],
      ['largest-contentful-paint', ({ metrics }) => expect(metrics.lcp).toBeUndefined()],
      ['layout-shift', ({ metrics }) => expect(metrics.cls).toBeUndefined()],
      ['first-input', ({ metrics }) => expect(metrics.fid).toBeUndefined()],
      ['event', ({ metrics }) => expect(metrics.inp).toBeUndefined()],
      ['navigation', ({ metrics }) => expect(metrics.ttfb).toBeUndefined()],
      ['visibility-state', ({ metrics }) => expect(metrics.fcp).toBeGreaterThan(0)],
    ] as [string, Check][]
  ).map(([type, check]): [string, string, Check] => [`entries of type ${type}`, withoutType(type), check]),
]

function take(from: string, name: string): string {
  return `delete ${from}.${name}; if (${from} && '${name}' in ${from}) Object.defineProperty(${from}, '${name}', { value: undefined, configurable: true })`
}

function withoutType(type: string): string {
  return `{
    if ('${type}' === 'event') delete window.PerformanceEventTiming
    const types = PerformanceObserver.supportedEntryTypes.filter((type) => type !== '${type}' && !('${type}' === 'layout-shift' && type === 'soft-navigation'))
    Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { get: () => types })
    const { observe } = PerformanceObserver.prototype
    PerformanceObserver.prototype.observe = function (options) { if (options.type !== '${type}') observe.call(this, options) }
    const { getEntriesByType } = Performance.prototype
    Performance.prototype.getEntriesByType = function (type) { return type === '${type}' ? [] : getEntriesByType.call(this, type) }
  }`
}

function has(section: keyof Told, part: object): Check {
  return (told) => expect(told[section]).toMatchObject(part)
}

function device(part: object): Check {
  return has('attributes', { device: { type: 'desktop', ...part } })
}

/** What the client complains of is kept in `complaints`, and what it throws in `uncaught`. */
const html = (script: string) =>
  page({
    head: `${complaining}<script>
      performance.mark('HE-early'); busy(60); ${script}
    </script><img src="/image.png">`,
    body: '<button crum-action="order" onclick="busy(60)">Order</button>',
    settings: { samplingRate: 200 },
  })

test.for(missing)('goes on without %s', async ([api, script, check], { site, tab }) => {
  const at = await site({ '/': html(script), '/image.png': 'none' })
  const visitor = await tab(at.url('/'))
  await visitor.script("console.error('heard')")
  await visitor.click('button')
  await visitor.script("history.pushState(0, '', '/route')")
  const all = await untilTold(at, ({ view, attributes, metrics, payloads }) => {
    expect(view.actions).toMatchObject([{ name: 'order' }])
    expect(view.console).toMatchObject([{ value: { 0: 'heard' } }])
    expect(view.pathname).toBe('/route')
    expect(attributes.device).toBeDefined()
    expect(metrics.domComplete).toEqual(api === 'entries of type navigation' ? undefined : expect.any(Number))
    expect(payloads.length).toBeGreaterThan(1)
  })
  check?.(all)
  expect(await visitor.run(() => [...uncaught, ...complaints])).toEqual(['heard'])
})
