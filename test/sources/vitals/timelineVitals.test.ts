import { describe, expect, test } from 'vitest'
import { timelineVitals } from '../../../src/sources/vitals/timelineVitals'
import type { VitalMetrics } from '../../../src/sources/vitals/vitalMetrics'
import { type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { givesBack } from '../../helpers/sources'
import { watch } from '../../helpers/watch'

const supportedEntryTypes = (
  'event first-input interaction-contentful-paint largest-contentful-paint layout-shift long-animation-frame paint ' +
  'soft-navigation'
).split(' ')

/** A vital with no more than its name, its value, and the soft navigation that it is of. */
const told: VitalMetrics = (name, value, _attribution, soft) =>
  ({ [soft ? `${soft.navigationId} ${name}` : name]: value }) as object

const view = { since: 0, start: 0, isRestored: false }

/** What is told of a view of a page to which all this happens. */
const toldOf = (act: (page: FakePage) => void, given: Partial<typeof view> = {}, overrides: Overrides = {}) => {
  const page = fakePage({ supportedEntryTypes, ...overrides })
  const { seen, unsubscribe } = watch(timelineVitals(page, { ...view, ...given }, told))
  act(page)
  unsubscribe()
  expect(page.open()).toBe(0)
  return seen
}

const paint = { name: 'first-contentful-paint', startTime: 100 }
const click = (interactionId: number, duration: number, startTime = 1000) => ({ interactionId, duration, startTime })
const soft = (navigationId: number, startTime: number, more = {}) => ({
  ...{ navigationId, startTime, interactionId: navigationId * 7, presentationTime: startTime + 30 },
  ...{ name: `https://shop.test/${navigationId}`, getLargestInteractionContentfulPaint: () => null, ...more },
})

describe('timelineVitals', () => {
  givesBack((page) => timelineVitals(page, view, told))

  test('tells the paints from the start of the view, none of them below 0', () => {
    const seen = toldOf(
      (page) => {
        page.emit('paint', [{ name: 'first-paint', startTime: 90 }, paint])
        page.emit('largest-contentful-paint', [{ startTime: 100 }, { startTime: 300 }])
      },
      { start: 60 },
    )

    expect(seen).toEqual([{ fcp: 40 }, { cls: 0 }, { lcp: 40 }, { lcp: 240 }])
  })

  test('tells no paint, and no shift, of a page that was hidden before', () => {
    const paints = (page: FakePage) => {
      page.emit('visibility-state', [{ name: 'hidden', startTime: 99 }])
      page.emit('paint', [paint])
      page.emit('largest-contentful-paint', [{ startTime: 100 }])
      page.emit('layout-shift', [{ value: 0.1, startTime: 200 }])
    }

    expect(toldOf(paints)).toEqual([])
  })

  test('knows by itself whether the page was hidden where the browser keeps no record', () => {
    const paints = (page: FakePage) => {
      page.show()
      page.emit('paint', [paint])
      page.hide()
      page.show()
      page.emit('largest-contentful-paint', [{ startTime: 100 }])
    }

    expect(toldOf(paints, {}, { document: { visibilityState: 'hidden' } })).toEqual([])
    expect(toldOf(paints)).toEqual([{ fcp: 100 }, { cls: 0 }])
  })

  test('tells nothing of what the browser does not measure, not even that it was 0', () => {
    const acts = (page: FakePage) => {
      page.emit('paint', [paint])
      page.emit('first-input', [click(7, 96)])
    }

    expect(toldOf(acts, {}, { supportedEntryTypes: ['paint', 'first-input'] })).toEqual([{ fcp: 100 }])
  })

  test('tells of the shifts once there is a paint, at every change', () => {
    const seen = toldOf((page) => {
      page.emit('layout-shift', [{ value: 0.2, startTime: 50 }])
      page.emit('paint', [paint])
      page.emit('layout-shift', [{ value: 0.1, startTime: 5000 }])
      page.emit('layout-shift', [{ value: 0.2, startTime: 5100 }])
    })

    expect(seen).toEqual([{ fcp: 100 }, { cls: 0.2 }, { cls: expect.closeTo(0.3) }])
  })

  test('tells the slowest interaction, at every change, and the last one when the page is left', () => {
    const seen = toldOf((page) => {
      page.emit('event', [click(7, 96), click(0, 500)])
      page.emit('event', [click(14, 48, 2000)])
      page.queue('event', [click(21, 160, 3000)])
      page.leave()
    })

    expect(seen).toEqual([{ inp: 96 }, { inp: 160 }])
  })

  test('leaves out one interaction in fifty, though the fast ones are never reported', () => {
    const performance = { interactionCount: 2 }
    const seen = toldOf(
      (page) => {
        page.emit('event', [click(7, 400), click(14, 96)])
        Object.assign(page.performance, { interactionCount: 50 })
        page.hide()
      },
      {},
      { performance },
    )

    expect(seen).toEqual([{ inp: 400 }, { inp: 96 }])
  })

  test('counts in a later view what happens in it', () => {
    const counted = { performance: { interactionCount: 60 } }
    const acts = (page: FakePage) => {
      page.emit('layout-shift', [
        { value: 0.5, startTime: 9999 },
        { value: 0.1, startTime: 10_001 },
      ])
      page.emit('event', [click(7, 400, 100), click(14, 96, 10_100), click(21, 48, 10_200)])
    }

    expect(toldOf(acts, { since: 10_000 }, counted)).toEqual([{ cls: 0.1 }, { inp: 96 }])
    expect(toldOf(() => {}, { since: 10_000 }, counted)).toEqual([])
  })

  test('tells of a page that came back that nothing has shifted, and of fast interactions', () => {
    const seen = toldOf(
      (page) => {
        page.hide()
        Object.assign(page.performance, { interactionCount: 61 })
        page.hide()
      },
      { since: 10_000, start: 9990, isRestored: true },
      { performance: { interactionCount: 60 } },
    )

    expect(seen).toEqual([{ cls: 0 }, { inp: 8 }])
  })

  test('tells an interaction again when a frame of it comes late', () => {
    const seen = toldOf((page) => {
      page.emit('event', [click(7, 96)])
      page.emit('long-animation-frame', [{ startTime: 1050, duration: 80 }])
      page.emit('long-animation-frame', [{ startTime: 1100, duration: 80 }])
    })

    expect(seen).toEqual([{ inp: 96 }, { inp: 96 }])
  })

  test('begins anew with a soft navigation, in the order in which things ended', () => {
    const seen = toldOf((page) => {
      page.emit('paint', [paint])
      page.emit('soft-navigation', [])
      page.emit('layout-shift', [{ value: 0.1, startTime: 900 }])
      page.emit('event', [click(7, 48, 500)])
      page.emit('soft-navigation', [soft(1, 1000)])
      page.emit('event', [click(14, 64, 1000)])
      page.emit('layout-shift', [{ value: 0.05, startTime: 2000 }])
      page.emit('largest-contentful-paint', [{ startTime: 2000 }])
    })

    expect(seen).toEqual([
      ...[{ fcp: 100 }, { cls: 0 }, { cls: 0.1 }, { inp: 48 }],
      ...[{ '1 ttfb': 0 }, { '1 fcp': 30 }, { '1 cls': 0 }, { '1 inp': 64 }, { '1 cls': 0.05 }],
    ])
  })

  test('takes for the largest paint of a soft navigation what follows from its own interaction', () => {
    const response = (interactionId: number, renderTime: number) => ({
      ...{ interactionId, startTime: 1000, largestContentfulPaint: { renderTime } },
    })
    const seen = toldOf((page) => {
      page.emit('interaction-contentful-paint', [response(7, 1010)])
      page.emit('soft-navigation', [
        soft(1, 1000, {
          getLargestInteractionContentfulPaint: () => response(7, 1040),
          presentationTime: 0,
          paintTime: 1020,
        }),
      ])
      page.emit('interaction-contentful-paint', [response(14, 1050), response(7, 1060)])
      page.emit('visibility-state', [{ name: 'hidden', startTime: 1070 }])
      page.emit('interaction-contentful-paint', [response(7, 1080)])
    })

    expect(seen).toEqual([{ '1 ttfb': 0 }, { '1 fcp': 20 }, { '1 lcp': 40 }, { '1 lcp': 60 }])
  })

  test('takes no notice of soft navigations in browsers that only tried them out', () => {
    const old = soft(1, 1000, { getLargestInteractionContentfulPaint: undefined })

    expect(toldOf((page) => page.emit('soft-navigation', [old]))).toEqual([])
  })
})
