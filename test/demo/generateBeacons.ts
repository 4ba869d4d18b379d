import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import type { Payload, Reason, Resource } from '../../src/payload/payload.ts'

/** How a visit is to be made; the same seed makes the same visits. */
export interface GeneratorOptions {
  seed?: number
  /** When the first visit began, epoch ms. */
  start?: number
}

/** Makes beacons as visitors of a shop would send them, without end: sessions of some views, views of some beacons. */
export function* generateBeacons({
  seed = 1,
  start = 1_790_000_000_000,
}: GeneratorOptions = {}): Generator<StoredBeacon> {
  const chance = random(seed)
  const pick = <T>(items: readonly T[]) => items[Math.floor(chance() ** 1.6 * items.length)] as T
  const uuid = () => [8, 4, 4, 4, 12].map((n) => hex(chance, n)).join('-')
  for (let at = start; ; at += 20_000 + chance() * 60_000) {
    const session = { id: uuid(), startTime: Math.round(at) }
    const [browser, browserVersion, platform, type] = pick(machines)
    const attributes = { ...visitor, browser, browserVersion, device: { ...visitor.device, platform, type } }
    let time = at
    for (let views = 1 + Math.floor(chance() ** 2 * 7); views > 0; views--) {
      yield* view(chance, { session, attributes, page: pick(pages), startTime: Math.round(time), key: uuid() })
      time += 15_000
    }
  }
}

interface Visit {
  session: { id: string; startTime: number }
  attributes: Payload['attributes']
  page: string
  startTime: number
  key: string
}

function* view(chance: () => number, { session, attributes, page, startTime, key }: Visit): Generator<StoredBeacon> {
  const slow = 0.6 + chance() ** 3 * 4
  const last = Math.floor(chance() ** 2 * 9)
  for (let seq = 0; seq <= last; seq++) {
    if (seq > 0 && chance() < 0.004) continue
    const at = 3000 * (seq + 1)
    const reason: Reason = seq === 1 ? 'entries' : seq === last ? 'hidden' : chance() < 0.02 ? 'recovered' : 'sample'
    const payload: Payload = {
      session: {
        ...session,
        lastLoop: startTime + at,
        duration: Math.floor((startTime + at - session.startTime) / 60_000),
      },
      view: { ...identity(page, startTime), ...(seq === 1 ? {} : readings(chance, at, slow)) },
      attributes,
      beacon: { id: `${key}-${seq}`, seq, reason, version: '0.1.0' },
    }
    if (seq === 0) payload.metrics = loading(chance, slow)
    if (seq === 1) payload.view.resources = Array.from({ length: 3 }, (_, n) => resource(chance, n, slow))
    if (seq === last && seq > 1)
      payload.metrics = { cls: tenths(chance() ** 4 * 5000) / 10_000, inp: Math.round(slow * 60) }
    const bytes = JSON.stringify(payload).length
    yield { receivedAt: startTime + at + 40, bytes, encoding: 'identity', payload }
  }
}

function readings(chance: () => number, at: number, slow: number) {
  const time = () => tenths(at - chance() * 3000)
  return {
    fps: Array.from({ length: 4 }, (_, n) => ({
      timeStamp: at - 800 + n * 200,
      fps: Math.round(60 - chance() ** 3 * 40),
    })),
    ...(chance() < 0.3 && { longTasks: [{ name: 'self', startTime: time(), duration: Math.round(50 + slow * 40) }] }),
    ...(chance() < 0.2 && {
      actions: [
        { pointerType: 'mouse', type: 'click', target: 'a>span.tile', timeStamp: time(), name: 'open-product' },
      ],
    }),
    ...(chance() < 0.05 && {
      errors: [
        {
          ...{
            type: 'error' as const,
            message: 'Uncaught TypeError: x is undefined',
            stack: 'TypeError: x is undefined',
          },
          ...{ source: 'https://shop.example/app.js', line: 7, column: 12, timeStamp: time() },
        },
      ],
    }),
  }
}

function loading(chance: () => number, slow: number): NonNullable<Payload['metrics']> {
  const ttfb = tenths(60 * slow + chance() * 80)
  const fcp = tenths(ttfb + 300 * slow)
  return {
    ...{ ttfb, fp: fcp, fcp, lcp: tenths(fcp + 700 * slow * chance()), responseTime: tenths(20 * slow) },
    ...{ domContentLoadedEventStart: fcp, domComplete: tenths(fcp * 2), duration: tenths(fcp * 2.1) },
    navigationType: 'navigate',
    attribution: { lcp: { target: 'main>img.hero', url: 'https://shop.example/hero.webp', resourceLoadDuration: 120 } },
  }
}

function resource(chance: () => number, n: number, slow: number): Resource {
  const startTime = tenths(100 * slow + n * 30)
  const responseStart = tenths(startTime + 40 * slow)
  const responseEnd = tenths(responseStart + chance() * 200 * slow)
  return {
    ...{ name: `https://shop.example/${pictures[n]}`, entryType: 'resource', initiatorType: n ? 'img' : 'script' },
    ...{
      startTime,
      duration: tenths(responseEnd - startTime),
      redirectStart: 0,
      redirectEnd: 0,
      fetchStart: startTime,
    },
    ...{ domainLookupStart: startTime, domainLookupEnd: startTime, connectStart: startTime, secureConnectionStart: 0 },
    ...{ connectEnd: startTime, requestStart: tenths(startTime + 2), responseStart, responseEnd, transferSize: 9300 },
    serverTiming: [],
  }
}

function identity(page: string, startTime: number) {
  return {
    ...{ id: page, startTime, href: `https://shop.example${page}`, protocol: 'https:', host: 'shop.example', port: '' },
    ...{ hostname: 'shop.example', pathname: page, search: '', hash: '', origin: 'https://shop.example', referer: '' },
    visibility: 'visible' as const,
  }
}

const visitor = {
  labels: ['env=production'],
  browser: '',
  browserVersion: '',
  uaParser: 'userAgentData' as const,
  ua: '"Chromium";v="156"',
  connection: { effectiveType: '4g', rtt: 50, downlink: 10, saveData: false },
  device: { type: 'desktop' as 'mobile' | 'desktop', platform: '', memory: 8, cpu: 8, charging: true },
}
const machines = [
  ['Chrome', '156', 'Google', 'mobile'],
  ['Chrome', '156', 'Microsoft', 'desktop'],
  ['Safari', '26', 'Apple', 'mobile'],
  ['Firefox', '153', '', 'desktop'],
] as const
const pages = [
  '/',
  '/products/candle',
  '/basket',
  '/search',
  '/products/bonsai',
  '/checkout',
  '/about',
  '/products/tea',
]
const pictures = ['app.js', 'hero.webp', 'tile.webp']

const tenths = (ms: number) => Math.round(ms * 10) / 10

const hex = (chance: () => number, n: number) =>
  Array.from({ length: n }, () => Math.floor(chance() * 16).toString(16)).join('')

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
