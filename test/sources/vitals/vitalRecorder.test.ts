import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../../src/payload/payload'
import { paintedResources } from '../../../src/sources/vitals/paintedResources'
import { type VitalsView, vitalRecorder } from '../../../src/sources/vitals/vitalRecorder'
import { FakeElement, type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { breaking } from '../../helpers/withProperties'

const supportedEntryTypes = (
  'event first-input interaction-contentful-paint largest-contentful-paint layout-shift long-animation-frame paint ' +
  'resource soft-navigation visibility-state'
).split(' ')

/** A page, and a recorder of a view of it. */
const recording = (view: Partial<VitalsView> = {}, overrides: Overrides = {}) => {
  const page = fakePage({ supportedEntryTypes, ...overrides })
  const resources = paintedResources()
  const recorded = vitalRecorder(page, resources, { since: 0, start: 0, isRestored: false, ...view })
  const recorder = {
    ...recorded,
    note: (entries: PerformanceEntry[]) => {
      const isResource = ({ entryType }: PerformanceEntry) => entryType === 'resource'
      for (const entry of entries.filter(isResource)) resources.add(entry as PerformanceResourceTiming)
      recorded.note(entries.filter((entry) => !isResource(entry)))
    },
  }
  const newsAfter = (...entries: PerformanceEntry[]) => {
    recorder.note(entries)
    return recorder.news()
  }
  return {
    ...{ page, recorder, newsAfter },
    /** The numbers that are new after these entries. */
    told: (...entries: PerformanceEntry[]) => numbersOf(newsAfter(...entries)),
    /** What is new of one vital after these entries, and why it is so. */
    whyAfter: (name: 'fcp' | 'lcp' | 'cls' | 'inp' | 'ttfb', ...entries: PerformanceEntry[]) =>
      newsAfter(...entries)?.attribution?.[name],
  }
}

const numbersOf = ({ navigationType, attribution, ...numbers }: Partial<Metrics> = {}) => numbers

const entry = (entryType: string, fields: object) =>
  ({ name: '', startTime: 0, duration: 0, entryType, ...fields }) as unknown as PerformanceEntry

const paint = entry('paint', { name: 'first-contentful-paint', startTime: 100 })
const largest = (startTime: number, more = {}) => entry('largest-contentful-paint', { startTime, ...more })
const shift = (startTime: number, value: number, more = {}) => entry('layout-shift', { startTime, value, ...more })
const resource = (name: string, requestStart: number, responseEnd: number) =>
  entry('resource', { name, startTime: requestStart, requestStart, responseEnd, initiatorType: 'img' })
const click = (interactionId: number, duration: number, startTime = 1000, more = {}) =>
  entry('event', {
    ...{ interactionId, duration, startTime, processingStart: startTime, processingEnd: startTime + duration, ...more },
  })
const response = (interactionId: number, renderTime: number) =>
  entry('interaction-contentful-paint', {
    ...{ interactionId, startTime: 1000, largestContentfulPaint: { renderTime } },
  })

/** A soft navigation; the interaction that led to it has seven times its id. */
const soft = (navigationId: number, startTime: number, more = {}) =>
  entry('soft-navigation', {
    ...{ navigationId, startTime, interactionId: navigationId * 7, presentationTime: startTime + 30 },
    ...{ name: `https://shop.test/${navigationId}`, getLargestInteractionContentfulPaint: () => null, ...more },
  })
/** What is told of that one. */
const softNews = (id: number, startTime: number, vitals: object) => ({
  softNavigations: { [id]: { url: `https://shop.test/${id}`, startTime, ...vitals } },
})

const counting = (interactionCount: number) => ({ performance: { interactionCount } })
const hasCounted = (page: FakePage, interactionCount: number) => Object.assign(page.performance, { interactionCount })
const later = { since: 10_000 }
const restored = { since: 10_000, start: 9990, isRestored: true }
const hero = () => new FakeElement('img', { id: 'hero' })

describe('vitalRecorder', () => {
  test('leaves out an entry that cannot be read, alone', () => {
    const broken = breaking(shift(200, 0.1), 'value')

    expect(recording().told(paint, broken, shift(300, 0.2))).toEqual({ fcp: 100, cls: 0.2 })
  })

  test('names the types of entries that change a vital, which resources do not', () => {
    const others = ['resource', 'visibility-state']

    expect(recording().recorder.types.toSorted()).toEqual(supportedEntryTypes.filter((type) => !others.includes(type)))
  })

  test('has no news before anything was noted', () => {
    expect(recording().recorder.news()).toBeUndefined()
  })

  test('tells how the page was reached', () => {
    const { page, newsAfter } = recording()
    page.emit('navigation', [{ responseStart: 10, type: 'reload' }])
    Object.assign(page.performance, { now: () => 5000 })

    expect(newsAfter(paint)?.navigationType).toBe('reload')
    expect(recording(restored).newsAfter()?.navigationType).toBe('back-forward-cache')
  })

  test('has the news of several lists at once, and each only once', () => {
    const { recorder, told } = recording()
    recorder.note([paint, largest(300)])
    recorder.note([shift(400, 0.1)])

    expect(told(largest(500))).toEqual({ fcp: 100, lcp: 500, cls: 0.1 })
    expect(recorder.news()).toBeUndefined()
    expect(recorder.news()).toBeUndefined()
  })

  test('does not repeat what came out the same again', () => {
    const { newsAfter } = recording()
    newsAfter(paint, shift(200, 0.2), click(7, 96))

    expect(newsAfter(shift(5000, 0.2), click(14, 96), click(7, 88))).toBeUndefined()
  })

  test('takes the entries of a list in the order in which they ended', () => {
    const { told } = recording()
    const [shifted, clicked, navigated] = [shift(1500, 0.2), click(7, 600, 500), soft(1, 1000)]

    expect(told(shifted, clicked, navigated, paint)).toEqual({
      ...{ fcp: 100, cls: 0 },
      ...softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0.2, inp: 600 }),
    })
  })
})

describe('an event that has caused a soft navigation', () => {
  test('belongs to the navigation before, though its rounded duration ends after it', () => {
    const { told } = recording()
    const caused = click(7, 48, 1249.2, { processingEnd: 1270 })
    const navigated = entry('soft-navigation', { ...soft(1, 1249.4), duration: 46.6 })

    expect(told(navigated, caused)).toEqual({ inp: 48, ...softNews(1, 1249.4, { ttfb: 0, fcp: 30 }) })
  })
})

describe('paints', () => {
  test('count from the start of the view, none of them below 0', () => {
    const { told } = recording({ start: 60 })

    expect(told(entry('paint', { name: 'first-paint', startTime: 90 }))).toEqual({})
    expect(told(paint)).toEqual({ fcp: 40, cls: 0 })
    expect(told(largest(100))).toEqual({ lcp: 40 })
    expect(told(largest(300))).toEqual({ lcp: 240 })
    expect(recording({ start: 101 }).told(paint)).toMatchObject({ fcp: 0 })
  })

  test('are not told, nor are shifts, of a page that was hidden before', () => {
    const { page, told } = recording()
    page.emit('visibility-state', [{ name: 'hidden', startTime: 99 }])

    expect(told(paint, largest(100), shift(200, 0.1))).toEqual({})
  })

  test('are told of a page that was hidden after them', () => {
    const { page, told } = recording()
    page.emit('visibility-state', [{ name: 'hidden', startTime: 101 }])

    expect(told(paint, largest(102))).toEqual({ fcp: 100, cls: 0 })
  })

  test('are told up to the list that comes when the page is hidden, where the browser keeps no record', () => {
    const { page, recorder, told } = recording()
    page.hide()

    expect(told(paint)).toEqual({ fcp: 100, cls: 0 })
    page.show()
    expect(told(largest(100))).toEqual({})

    const other = recording()
    other.page.hide()
    other.recorder.note([])
    other.page.show()
    expect(other.told(paint)).toEqual({})
    expect(recorder.news()).toBeUndefined()
  })

  test('are not told of a page that was hidden from the start, where the browser keeps no record', () => {
    const { page, told } = recording({}, { document: { visibilityState: 'hidden' } })
    page.show()

    expect(told(paint, largest(100))).toEqual({})
  })

  test('are not told of a later view, where the browser keeps no record', () => {
    expect(recording(later).told(paint, largest(100))).toEqual({})
  })

  test('are explained by their parts', () => {
    const { page, newsAfter } = recording({ start: 20 })
    Object.assign(page.performance, { now: () => 5000 })
    page.emit('navigation', [{ responseStart: 70 }])

    expect(newsAfter(paint, largest(300, { url: '' }))?.attribution).toMatchObject({
      fcp: { timeToFirstByte: 50, firstByteToFCP: 30 },
      lcp: { target: '', url: '', timeToFirstByte: 50, elementRenderDelay: 230 },
    })
  })

  test('name the element, also when it leaves the page before somebody asks', () => {
    const { recorder } = recording()
    const element = hero()
    const entry = largest(300, { element })
    recorder.note([entry])
    Object.assign(element, { parentNode: null })
    Object.assign(entry, { element: null })

    expect(recorder.news()?.attribution?.lcp).toMatchObject({ target: 'img#hero' })
  })

  test('name by its id an element that had left the page already', () => {
    const { whyAfter } = recording()
    const gone = Object.assign(hero(), { parentNode: null })

    expect(whyAfter('lcp', largest(300, { element: null, id: 'hero' }))).toMatchObject({ target: '#hero' })
    expect(whyAfter('lcp', largest(400, { element: gone, id: 'banner' }))).toMatchObject({ target: '#banner' })
    for (const [at, id] of ['', 'customer-4815-ann@shop.test'].entries())
      expect(whyAfter('lcp', largest(500 + at, { element: null, id }))).toMatchObject({ target: '' })
  })

  const url = 'https://shop.test/hero.png'
  const loading = { url, resourceLoadDelay: 80, resourceLoadDuration: 150, elementRenderDelay: 70 }

  test('are explained by their resource, whether that is observed before them or after', () => {
    const image = resource(url, 80, 230)
    const [early, late] = [recording(), recording()]
    early.recorder.note([image])
    late.recorder.note([largest(300, { url })])

    expect(early.whyAfter('lcp', largest(300, { url }))).toMatchObject(loading)
    expect(late.whyAfter('lcp', image)).toMatchObject(loading)
  })

  test('are told again when their resource is observed only after they were told', () => {
    const { whyAfter, newsAfter } = recording()
    expect(whyAfter('lcp', largest(300, { url }))).toMatchObject({ url, elementRenderDelay: 300 })

    expect(numbersOf(newsAfter(resource('https://shop.test/other.png', 80, 230)))).toEqual({})
    expect(newsAfter(resource(url, 80, 230))).toMatchObject({ lcp: 300, attribution: { lcp: loading } })
  })

  test('stay with the resource that they were made of, however many follow', () => {
    const { recorder } = recording()
    recorder.note([resource(url, 80, 230), largest(300, { url })])
    recorder.note([resource(url, 290, 299)])
    for (let at = 0; at < 100; at++) recorder.note([resource(`https://shop.test/${at}.png`, at, at)])

    expect(recorder.news()?.attribution?.lcp).toMatchObject(loading)
  })
})

describe('a vital that is set', () => {
  test('is told with what explains it, worked out when somebody asks', () => {
    const { recorder } = recording()
    let isAsked = false
    recorder.set('ttfb', 120.04, () => ({ isAsked }) as never)
    isAsked = true

    expect(recorder.news()).toEqual({ ttfb: 120, navigationType: 'navigate', attribution: { ttfb: { isAsked: true } } })
    expect(recorder.news()).toBeUndefined()
  })

  test('takes the place of what was measured before', () => {
    const { recorder, told } = recording()
    told(paint)
    recorder.set('fcp', 150, () => ({}))

    expect(told()).toEqual({ fcp: 150 })
  })

  test('is one of the page itself, also where a soft navigation has begun meanwhile', () => {
    const { recorder, told } = recording()
    recorder.note([paint, soft(1, 1000)])
    recorder.set('ttfb', 120, () => ({}))

    expect(told()).toEqual({ ttfb: 120, fcp: 100, cls: 0, ...softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0 }) })
    recorder.set('ttfb', 130, () => ({}))
    expect(told()).toEqual({ ttfb: 130 })
  })
})

describe('layout shifts', () => {
  test('are told once there is a paint, at every change', () => {
    const { told } = recording()

    expect(told(shift(50, 0.2))).toEqual({})
    expect(told(paint)).toEqual({ fcp: 100, cls: 0.2 })
    expect(told(shift(5000, 0.1))).toEqual({})
    expect(told(shift(5100, 0.2))).toEqual({ cls: 0.3 })
  })

  test('are told once there is a largest paint, where the first one went unseen', () => {
    const { told } = recording()

    expect(told(shift(50, 0.2), largest(100))).toEqual({ lcp: 100, cls: 0.2 })
  })

  test('right after an input count for nothing', () => {
    const { told } = recording()

    expect(told(paint, shift(200, 0.2, { hadRecentInput: true }))).toEqual({ fcp: 100, cls: 0 })
  })

  test('are explained by the largest one of the largest window', () => {
    const { whyAfter } = recording()
    const shifts = [shift(200, 0.05), shift(300, 0.2, { sources: [{ node: hero() }] }), shift(5000, 0.1)]

    expect(whyAfter('cls', paint)).toEqual({})
    expect(whyAfter('cls', ...shifts)).toEqual({
      ...{ target: 'img#hero', largestShiftTime: 300, largestShiftValue: 0.2 },
    })
  })

  test('name an element that has left the page since', () => {
    const { recorder } = recording()
    const source = { node: hero() as FakeElement | null }
    recorder.note([paint, shift(200, 0.1, { sources: [source] })])
    source.node = null

    expect(recorder.news()?.attribution?.cls).toMatchObject({ target: 'img#hero' })
  })

  test('of a later view are told where there are any', () => {
    const { told } = recording(later)

    expect(told()).toEqual({})
    expect(told(shift(10_001, 0.1))).toEqual({ cls: 0.1 })
  })

  test('of a page that came back are told where there are none, too', () => {
    const { told } = recording(restored)

    expect(told()).toEqual({ cls: 0 })
    expect(told(shift(10_001, 0.1))).toEqual({ cls: 0.1 })
  })

  test('are not told to be 0 by a browser that does not measure them', () => {
    const { told } = recording({}, { supportedEntryTypes: ['paint'] })

    expect(told(paint)).toEqual({ fcp: 100 })
  })
})

describe('interactions', () => {
  test('are told by the slowest one, at every change', () => {
    const { told } = recording()

    expect(told(click(7, 96), click(0, 500))).toEqual({ inp: 96 })
    expect(told(click(14, 48, 2000))).toEqual({})
    expect(told(click(21, 160, 3000))).toEqual({ inp: 160 })
  })

  test('are told by the first input where that is all there is', () => {
    const { told } = recording()
    const first = entry('first-input', { interactionId: 7, duration: 24, startTime: 1000 })

    expect(told(first)).toEqual({ inp: 24 })
    expect(told(click(7, 24))).toEqual({})
  })

  test('leave out one in fifty, though the fast ones are never reported', () => {
    const { page, told } = recording({}, counting(2))

    expect(told(click(7, 400), click(14, 96))).toEqual({ inp: 400 })
    hasCounted(page, 49)
    expect(told()).toEqual({})
    hasCounted(page, 50)
    expect(told()).toEqual({ inp: 96 })
  })

  test('are told by the slowest one of all where the browser does not count them', () => {
    const { told } = recording()
    const many = Array.from({ length: 100 }, (_, at) => click(at + 1, 96 + at * 8))

    expect(told(...many)).toEqual({ inp: 96 + 99 * 8 })
  })

  test('of a later view are those that happen in it', () => {
    const { page, told } = recording(later, counting(60))
    hasCounted(page, 62)

    expect(told(click(14, 96, 10_100), click(21, 48, 10_200))).toEqual({ inp: 96 })
  })

  test('that were all too short to be reported took 8 ms, on a page that came back', () => {
    const { page, told } = recording(restored, counting(60))

    expect(told()).toEqual({ cls: 0 })
    hasCounted(page, 61)
    expect(told()).toEqual({ inp: 8 })
    expect(told(click(7, 48, 10_100))).toEqual({ inp: 48 })
  })

  test('that were all too short to be reported are not told of any other view', () => {
    for (const view of [{}, later]) {
      const { page, told } = recording(view, counting(60))
      hasCounted(page, 61)

      expect(told()).toEqual({})
    }
  })

  test('name the element and the longest script, also when both have gone since', () => {
    const { recorder } = recording()
    const event = click(7, 96, 1000, { target: hero() })
    const scripts = [{ startTime: 1000, duration: 60, invoker: 'IMG#hero.onclick' }]
    recorder.note([event, entry('long-animation-frame', { startTime: 1000, duration: 80, scripts })])
    Object.assign(event, { target: null })
    scripts.pop()

    expect(recorder.news()?.attribution?.inp).toMatchObject({
      ...{ target: 'img#hero', time: 1000, longestScript: { invoker: 'IMG#hero.onclick', duration: 60 } },
    })
  })

  test('are told again when a frame with a script of theirs comes late', () => {
    const { told, newsAfter } = recording()
    const frame = (startTime: number, invoker: string) =>
      entry('long-animation-frame', { startTime, duration: 80, scripts: [{ startTime, duration: 60, invoker }] })

    expect(told(click(7, 96))).toEqual({ inp: 96 })
    expect(newsAfter(frame(1050, 'late'))).toMatchObject({
      ...{ inp: 96, attribution: { inp: { longestScript: { invoker: 'late' } } } },
    })
    expect(told(frame(1100, 'too late'))).toEqual({})
  })

  test('are not told by a browser that does not measure them all', () => {
    const { told } = recording({}, { supportedEntryTypes: ['first-input'] })

    expect(told(entry('first-input', { interactionId: 7, duration: 96 }))).toEqual({})
  })
})

describe('a soft navigation', () => {
  test('begins anew, and what it ended is told once more', () => {
    const { recorder, told } = recording()
    told(paint)
    recorder.note([shift(900, 0.1)])
    recorder.note([click(7, 48, 500)])
    recorder.note([soft(1, 1000)])

    expect(told()).toEqual({
      ...{ cls: 0.1, inp: 48 },
      ...softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0 }),
    })
    expect(told(click(14, 64, 1000))).toEqual(softNews(1, 1000, { inp: 64 }))
    expect(told(shift(2000, 0.05))).toEqual(softNews(1, 1000, { cls: 0.05 }))
  })

  test('leaves alone what has been told of the navigation before', () => {
    const { page, told } = recording({}, counting(0))
    hasCounted(page, 2)

    expect(told(click(7, 400, 100), click(14, 96, 600))).toEqual({ inp: 400 })
    expect(told(soft(2, 1000))).toEqual(softNews(2, 1000, { ttfb: 0, fcp: 30 }))
    hasCounted(page, 60)
    expect(told()).toEqual(softNews(2, 1000, { inp: 8 }))
  })

  test('has no part in the interactions before it, nor those before it in its own', () => {
    const { page, recorder, told } = recording({}, counting(0))
    hasCounted(page, 2)
    recorder.note([click(7, 400, 100), click(14, 96, 600)])
    recorder.note([soft(1, 1000)])
    recorder.note([soft(2, 2000)])
    hasCounted(page, 60)

    expect(told()).toEqual({
      inp: 400,
      softNavigations: {
        ...softNews(1, 1000, { ttfb: 0, fcp: 30 }).softNavigations,
        ...softNews(2, 2000, { ttfb: 0, fcp: 30, inp: 8 }).softNavigations,
      },
    })
  })

  test('is told with those before it, where nobody has asked meanwhile', () => {
    const { recorder, told } = recording()
    recorder.note([paint, soft(1, 1000)])
    recorder.note([shift(1100, 0.1), soft(2, 2000)])

    expect(told(shift(2100, 0.2))).toEqual({
      ...{ fcp: 100, cls: 0 },
      softNavigations: {
        ...softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0.1 }).softNavigations,
        ...softNews(2, 2000, { ttfb: 0, fcp: 30, cls: 0.2 }).softNavigations,
      },
    })
    expect(told()).toEqual({})
  })

  test('in a later view is told that nothing has shifted', () => {
    expect(recording(later).told(soft(1, 11_000))).toEqual(softNews(1, 11_000, { ttfb: 0, fcp: 30, cls: 0 }))
  })

  test('is told without attribution', () => {
    const { newsAfter } = recording()
    newsAfter(paint)

    expect(newsAfter(soft(1, 1000))).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0 }))
  })

  test('has no part in the paints of the page itself', () => {
    const { told } = recording()
    told(paint, soft(1, 1000))

    expect(told(largest(2000))).toEqual({})
  })

  test('is painted first when it is presented, or else when it is painted', () => {
    const moments = (presentationTime?: number, paintTime?: number) =>
      recording().told(soft(1, 1000, { presentationTime, paintTime }))

    expect(moments(1030, 1020)).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30 }))
    expect(moments(0, 1020)).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 20 }))
    expect(moments(0, undefined)).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 0 }))
  })

  test('takes for its largest paint what follows from its own interaction', () => {
    const { page, told } = recording()
    const largestSoFar = { getLargestInteractionContentfulPaint: () => response(7, 1040) }

    expect(told(response(7, 1010))).toEqual({})
    expect(told(soft(1, 1000, largestSoFar))).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30, lcp: 40 }))
    expect(told(response(14, 1050))).toEqual({})
    expect(told(response(7, 1060))).toEqual(softNews(1, 1000, { lcp: 60 }))
    page.emit('visibility-state', [{ name: 'hidden', startTime: 1070 }])
    expect(told(response(7, 1080))).toEqual({})
  })

  test('has its paints also where the page was hidden before it', () => {
    const { page, told } = recording()
    page.emit('visibility-state', [{ name: 'hidden', startTime: 500 }])

    expect(told(soft(1, 1000), response(7, 1060))).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30, lcp: 60 }))

    const unrecorded = recording({}, { document: { visibilityState: 'hidden' } })
    unrecorded.page.show()
    expect(unrecorded.told(soft(1, 1000), response(7, 1060))).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30, lcp: 60 }))
  })

  test('counts the interactions that follow, also where all were too short to be reported', () => {
    const { page, told } = recording({}, counting(60))
    told(paint)

    expect(told(soft(1, 1000))).toEqual(softNews(1, 1000, { ttfb: 0, fcp: 30, cls: 0 }))
    hasCounted(page, 61)
    expect(told()).toEqual(softNews(1, 1000, { inp: 8 }))
    hasCounted(page, 62)
    expect(told(click(14, 400, 2000), click(21, 96, 2500))).toEqual(softNews(1, 1000, { inp: 400 }))
    hasCounted(page, 110)
    expect(told()).toEqual(softNews(1, 1000, { inp: 96 }))
  })

  test('goes unnoticed in browsers that only tried it out', () => {
    const { told } = recording()
    const old = soft(1, 1000, { getLargestInteractionContentfulPaint: undefined })

    expect(told(old)).toEqual({})
    expect(told(largest(2000))).toEqual({ lcp: 2000, cls: 0 })
  })
})
