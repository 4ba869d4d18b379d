import { type Observable, timer } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { idleSoon } from '../../../src/page/idle'
import { timelineOf } from '../../../src/page/timeline'
import type { Metrics } from '../../../src/payload/payload'
import type { SourceOptions } from '../../../src/sources/source'
import { lateVitals, webVitals } from '../../../src/sources/vitals/webVitals'
import { inVirtualTime } from '../../helpers/marbles'
import { FakeElement, type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { givesBack, valuesOf } from '../../helpers/sources'
import { watch } from '../../helpers/watch'

const navigation = {
  ...{ type: 'reload', workerStart: 0, fetchStart: 10, domainLookupStart: 12, connectStart: 20, connectEnd: 50 },
  responseStart: 120,
}

/** What is told, 1 s after the navigation start and later, of a page to which all this happens. */
const toldOf = (act: (page: FakePage) => void, options?: SourceOptions, overrides: Overrides = {}) => {
  const seen: Partial<Metrics>[] = []
  inVirtualTime(({ flush }) => {
    const page = fakePage(overrides)
    page.emit('navigation', [navigation])
    timer(1000).subscribe(() => {
      const watched = watch(webVitals(page, options))
      act(page)
      timer(1000).subscribe(() => {
        watched.unsubscribe()
        expect(page.open()).toBe(0)
        seen.push(...watched.seen)
      })
    })
    flush()
  })
  return seen
}

/** The same without its attribution. */
const numbersOf = (...given: Parameters<typeof toldOf>) => toldOf(...given).map(({ attribution, ...rest }) => rest)

const complete = { document: { readyState: 'complete' } }
const paint = (page: FakePage) => page.emit('paint', [{ name: 'first-contentful-paint', startTime: 200 }])
const click = (interactionId: number, duration: number, startTime = 1000) => ({ interactionId, duration, startTime })
const shift = { startTime: 1000, value: 0.1 }
const respond = (page: FakePage) =>
  page.emit('interaction-contentful-paint', [{ interactionId: 7, largestContentfulPaint: { renderTime: 2000 } }])
const longFrame = (startTime: number) => (page: FakePage) =>
  page.emit('long-animation-frame', [{ startTime, duration: 60, scripts: [] }])
/** So many interactions, and an entry that says nothing. */
const count = (interactionCount: number) => (page: FakePage) => {
  Object.assign(page.performance, { interactionCount })
  page.emit('paint', [{ name: 'first-paint', startTime: 300 }])
}
const counting = (interactionCount: number) => ({ performance: { interactionCount } })

describe('webVitals', () => {
  givesBack(webVitals)

  test('tells the time to the first byte when the page has loaded, and what its timeline tells', () => {
    const seen = toldOf((page) => {
      paint(page)
      page.finishLoading()
    })

    const navigationType = 'reload'
    expect(seen).toEqual([
      { fcp: 200, cls: 0, navigationType, attribution: { fcp: { timeToFirstByte: 120, firstByteToFCP: 80 }, cls: {} } },
      { ttfb: 120, navigationType, attribution: { ttfb: expect.objectContaining({ requestDuration: 70 }) } },
    ])
  })

  test('tells no time to the first byte where the browser does not, or nonsense', () => {
    const page = fakePage(complete)
    page.emit('navigation', [{ responseStart: 0 }])

    expect(valuesOf(page, webVitals(page), paint)).toMatchObject([{ fcp: 200 }])
    expect(valuesOf(page, webVitals(page), paint)[0]).not.toHaveProperty('ttfb')
  })

  test('tells what was measured before it was asked', () => {
    const page = fakePage()
    paint(page)

    expect(valuesOf(page, webVitals(page), () => page.hide())).toMatchObject([{ fcp: 200, cls: 0 }])
  })

  test('waits for a page that is being prerendered, and counts from its activation', () => {
    const seen = toldOf(
      (page) => {
        paint(page)
        Object.assign(page.performance.getEntriesByType('navigation')[0] as object, { activationStart: 150 })
        Object.assign(page.document, { prerendering: false })
        page.fire('prerenderingchange')
      },
      {},
      { document: { readyState: 'complete', prerendering: true } },
    )

    const navigationType = 'prerender'
    const nothing = { waitingDuration: 0, cacheDuration: 0, dnsDuration: 0, connectionDuration: 0, requestDuration: 0 }
    expect(Object.assign({}, ...seen)).toMatchObject({ ttfb: 0, fcp: 50, cls: 0, navigationType })
    expect(Object.assign({}, ...seen.map(({ attribution }) => attribution))).toEqual({
      ...{ ttfb: nothing, fcp: { timeToFirstByte: 0, firstByteToFCP: 50 }, cls: {} },
    })
  })

  test('tells of a page that came back when it is painted, from the event on', () => {
    const seen = toldOf(paint, { since: 1000, restoredAt: 900 }, complete)

    const navigationType = 'back-forward-cache'
    expect(seen).toEqual([
      { ttfb: 0, cls: 0, navigationType, attribution: { ttfb: expect.any(Object), cls: {} } },
      {
        ...{ fcp: 132, lcp: 132, navigationType },
        attribution: {
          fcp: { timeToFirstByte: 0, firstByteToFCP: 132 },
          lcp: expect.objectContaining({ target: '', url: '', elementRenderDelay: 132 }),
        },
      },
    ])
  })

  test('tells no LCP of a page that came back in a browser that has none', () => {
    const seen = numbersOf(paint, { since: 1000, restoredAt: 900 }, { ...complete, supportedEntryTypes: ['paint'] })

    const navigationType = 'back-forward-cache'
    expect(seen).toEqual([
      { ttfb: 0, navigationType },
      { fcp: 132, navigationType },
    ])
  })

  test('tells of no paint where it ends before the second frame', () => {
    inVirtualTime(({ flush }) => {
      const page = fakePage(complete)
      const { seen, unsubscribe } = watch(webVitals(page, { since: 1000, restoredAt: 900 }))
      // a frame each 16 ms
      timer(20).subscribe(() => {
        unsubscribe()
        expect(page.open()).toBe(0)
      })
      flush()
      expect(seen).toEqual([])
    })
  })

  test('tells of a view that began otherwise only what is new', () => {
    expect(toldOf(paint, { since: 1000 }, complete)).toEqual([])
  })

  test('counts in a later view what happens in it', () => {
    const acts = (page: FakePage) => {
      page.emit('layout-shift', [
        { value: 0.5, startTime: 9999 },
        { value: 0.1, startTime: 10_001 },
      ])
      page.emit('event', [click(7, 400, 100), click(14, 96, 10_100), click(21, 48, 10_200)])
    }

    expect(numbersOf(acts, { since: 10_000 }, counting(60))).toMatchObject([{ cls: 0.1 }, { inp: 96 }])
    expect(numbersOf(() => {}, { since: 10_000 }, counting(60))).toEqual([])
  })

  test('tells the slowest interaction at every change, and the last one when the page is left', () => {
    const seen = numbersOf((page) => {
      page.emit('event', [click(7, 96), click(0, 500)])
      page.emit('event', [click(14, 48, 2000)])
      page.queue('event', [click(21, 160, 3000)])
      page.leave()
    })

    expect(seen).toMatchObject([{ inp: 96 }, { inp: 160 }])
  })

  test('tells of interactions that are too fast to be entries when the page is left', () => {
    const seen = numbersOf(
      (page) => {
        page.hide()
        Object.assign(page.performance, { interactionCount: 61 })
        page.hide()
      },
      { since: 10_000, restoredAt: 900 },
      counting(60),
    )

    expect(seen).toMatchObject([{ cls: 0 }, { inp: 8 }, { fcp: 132, lcp: 132 }])
  })

  test('knows by itself whether the page was hidden where the browser keeps no record', () => {
    const paints = (page: FakePage) => {
      page.show()
      paint(page)
      page.hide()
      page.show()
      page.emit('largest-contentful-paint', [{ startTime: 300 }])
    }

    expect(numbersOf(paints)).toMatchObject([{ fcp: 200, cls: 0 }])
    expect(numbersOf(paints, {}, { document: { visibilityState: 'hidden' } })).toEqual([])
  })

  test('asks the browser for interactions from 40 ms on', () => {
    const observed: PerformanceObserverInit[] = []
    const page = fakePage()
    const { observe } = page.PerformanceObserver.prototype
    page.PerformanceObserver.prototype.observe = function (options = {}) {
      observed.push(options)
      return observe.call(this, options)
    }
    valuesOf(page, webVitals(page))

    expect(observed).toContainEqual({ type: 'event', buffered: true, durationThreshold: 40 })
  })

  test('takes no resource for news, but tells with the next news what it explains', () => {
    const name = 'https://shop.test/hero.png'
    const acts = (page: FakePage) => {
      page.emit('largest-contentful-paint', [{ startTime: 300, url: name }])
      page.emit('resource', [{ name, startTime: 130, responseEnd: 230, initiatorType: 'img' }])
    }
    const whole = toldOf((page) => {
      acts(page)
      page.hide()
    })

    expect(toldOf(acts)).toHaveLength(1)
    expect(whole).toHaveLength(2)
    expect(whole[0]?.attribution?.lcp).toMatchObject({ url: name, resourceLoadDuration: 0 })
    expect(whole[1]).toMatchObject({
      ...{ lcp: 300, attribution: { lcp: { url: name, resourceLoadDelay: 10, resourceLoadDuration: 100 } } },
    })
  })

  test('copies at once what may vanish before somebody asks', () => {
    const page = fakePage()
    const element = new FakeElement('img', { id: 'hero' })
    const { seen, unsubscribe } = watch(lateVitals(page))
    page.emit('largest-contentful-paint', [{ startTime: 300, element }])
    Object.assign(element, { parentNode: null })

    expect(seen.map((late) => late())).toMatchObject([{ lcp: 300, attribution: { lcp: { target: 'img#hero' } } }])
    unsubscribe()
  })

  test('does not wait for the idle moment of its timeline, nor make it wait for one', () => {
    const requestIdleCallback = vi.fn()
    inVirtualTime(({ flush }) => {
      const page = fakePage({ requestIdleCallback })
      const { seen, unsubscribe } = watch(webVitals(page, { timeline: timelineOf(page, idleSoon(page)) }))
      page.emit('largest-contentful-paint', [{ startTime: 300 }])
      expect(seen).toMatchObject([{ lcp: 300 }])
      timer(1000).subscribe(unsubscribe)
      flush()
    })

    expect(requestIdleCallback).not.toHaveBeenCalled()
  })

  test.for<[what: string, happens: boolean, act: (page: FakePage) => void]>([
    ['a paint that is no vital', false, (page) => page.emit('paint', [{ name: 'first-paint', startTime: 300 }])],
    ['a shift after an input', false, (page) => page.emit('layout-shift', [{ ...shift, hadRecentInput: true }])],
    [
      'a smaller shift in a later window',
      false,
      (page) => page.emit('layout-shift', [{ startTime: 9000, value: 0.01 }]),
    ],
    ['a larger window', true, (page) => page.emit('layout-shift', [{ startTime: 9000, value: 0.5 }])],
    ['an event that is none of an interaction', false, (page) => page.emit('event', [click(0, 400, 5000)])],
    ['a paint that follows from an interaction without a soft navigation', false, respond],
    ['an interaction', true, (page) => page.emit('event', [click(14, 48, 5000)])],
    ['an event in the frame of an interaction', true, (page) => page.emit('event', [click(0, 90, 1006)])],
    ['a long frame apart from all interactions', false, longFrame(5000)],
    ['a long frame within an interaction', true, longFrame(1050)],
    ['many that were too fast, but none slow enough for another rank', false, count(49)],
    ['many that were too fast', true, count(50)],
  ])('after %s: something new may be told: %s', ([, happens, act]) => {
    const page = fakePage({ performance: { interactionCount: 1 } })
    const { seen, unsubscribe } = watch(lateVitals(page))
    paint(page)
    page.emit('layout-shift', [shift])
    page.emit('event', [click(7, 96)])
    for (const late of seen.splice(0)) late()
    act(page)

    expect(seen).toHaveLength(happens ? 1 : 0)
    unsubscribe()
  })

  test('makes do with what the browser measures', () => {
    expect(numbersOf(paint, {}, { supportedEntryTypes: ['paint'] })).toMatchObject([{ fcp: 200 }])
  })

  test('tells the time to the first byte where the browser measures nothing else, too', () => {
    expect(numbersOf((page) => page.finishLoading(), {}, { PerformanceObserver: undefined })).toEqual([
      { ttfb: 120, navigationType: 'reload' },
    ])
  })

  test('keeps two collectors apart', () => {
    const page = fakePage(complete)
    const [one, two] = [watch(webVitals(page)), watch(webVitals(page))]
    one.unsubscribe()
    paint(page)
    two.unsubscribe()

    expect(one.seen).toEqual([])
    expect(two.seen).toMatchObject([{ fcp: 200, cls: 0 }])
    expect(page.open()).toBe(0)
  })
})

describe('lateVitals', () => {
  givesBack(lateVitals as (page: FakePage) => Observable<unknown>)

  test('says once that there is something to tell, until somebody asks', () => {
    const page = fakePage()
    const { seen, unsubscribe } = watch(lateVitals(page))
    paint(page)
    page.emit('layout-shift', [{ value: 0.1, startTime: 300 }])
    page.finishLoading()

    expect(seen).toHaveLength(1)
    expect(seen[0]?.()).toMatchObject({ fcp: 200, cls: 0.1 })
    page.emit('layout-shift', [{ value: 0.2, startTime: 400 }])
    expect(seen).toHaveLength(2)
    const { attribution, ...numbers } = seen[1]?.() ?? {}
    expect(numbers).toEqual({ cls: 0.3, navigationType: 'navigate' })
    unsubscribe()
  })

  test('may have nothing to tell when somebody asks', () => {
    const page = fakePage()
    const [late] = valuesOf(page, lateVitals(page), () => page.hide())

    expect(late?.()).toBeUndefined()
  })
})
