import { timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Metrics } from '../../../src/payload/payload'
import { webVitals } from '../../../src/sources/vitals/webVitals'
import { inVirtualTime } from '../../helpers/marbles'
import { type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { givesBack } from '../../helpers/sources'
import { watch } from '../../helpers/watch'

/** The numbers that are told, 1 s after the navigation start and later, of a page to which all this happens. */
const toldOf = (act: (page: FakePage) => void, since = 0, overrides: Overrides = {}) => {
  const seen: Partial<Metrics>[] = []
  inVirtualTime(({ flush }) => {
    const page = fakePage(overrides)
    page.emit('navigation', [{ responseStart: 120, type: 'reload' }])
    timer(1000).subscribe(() => {
      const watched = watch(webVitals(page, since))
      act(page)
      timer(1000).subscribe(() => {
        watched.unsubscribe()
        expect(page.open()).toBe(0)
        seen.push(...watched.seen)
      })
    })
    flush()
  })
  return seen.map(({ attribution, ...rest }) => rest)
}

const complete = { document: { readyState: 'complete' } }
const pageshow = { type: 'pageshow', persisted: true, timeStamp: 900 }
const paint = (page: FakePage) => page.emit('paint', [{ name: 'first-contentful-paint', startTime: 200 }])

describe('webVitals', () => {
  givesBack(webVitals)

  test('tells the time to the first byte when the page has loaded, and what its timeline tells', () => {
    const seen = toldOf((page) => {
      paint(page)
      page.finishLoading()
    })

    const navigationType = 'reload'
    expect(seen).toEqual([
      { fcp: 200, navigationType },
      { cls: 0, navigationType },
      { ttfb: 120, navigationType },
    ])
  })

  test('waits for a page that is being prerendered, and counts from its activation', () => {
    const seen = toldOf(
      (page) => {
        paint(page)
        Object.assign(page.performance.getEntriesByType('navigation')[0] as object, { activationStart: 150 })
        Object.assign(page.document, { prerendering: false })
        page.fire('prerenderingchange')
      },
      0,
      { document: { readyState: 'complete', prerendering: true } },
    )

    expect(seen.map(({ navigationType, ...rest }) => rest)).toEqual([{ ttfb: 0 }, { fcp: 50 }, { cls: 0 }])
    expect(new Set(seen.map(({ navigationType }) => navigationType))).toEqual(new Set(['prerender']))
  })

  test('tells of a page that came back when it is painted, from the event on', () => {
    const seen = toldOf(paint, 1000, { ...complete, event: pageshow })

    const navigationType = 'back-forward-cache'
    expect(seen).toEqual([
      { ttfb: 0, navigationType },
      { cls: 0, navigationType },
      { fcp: 132, navigationType },
      { lcp: 132, navigationType },
    ])
  })

  test('tells of a view that began otherwise only what is new', () => {
    for (const event of [undefined, { type: 'visibilitychange', timeStamp: 900 }, { ...pageshow, persisted: false }]) {
      expect(toldOf(paint, 1000, { ...complete, event })).toEqual([])
    }
  })

  test('keeps two collectors apart', () => {
    const page = fakePage(complete)
    const [one, two] = [watch(webVitals(page)), watch(webVitals(page))]
    one.unsubscribe()
    paint(page)
    two.unsubscribe()

    expect([one.seen.length, two.seen.length]).toEqual([0, 2])
    expect(page.open()).toBe(0)
  })
})
