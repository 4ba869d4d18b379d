import { describe, expect, test } from 'vitest'
import {
  beginNavigation,
  interactionCount,
  type Navigation,
  navigationVitals,
} from '../../../src/sources/vitals/navigationVitals'
import type { ShiftWindow } from '../../../src/sources/vitals/shiftWindow'
import type { SoftNavigationEntry } from '../../../src/sources/vitals/softNavigation'
import { fakePage, type Overrides } from '../../helpers/page'

const soft = { navigationId: 7 } as SoftNavigationEntry
const shifts: ShiftWindow = {
  ...{ startTime: 100, lastTime: 300, score: 0.3 },
  largest: { target: 'img#hero', startTime: 200, value: 0.2 },
}

/** Whose interactions the browser has counted so far. */
const pageWith = (interactionCount?: number, overrides: Overrides = {}) =>
  fakePage({ performance: { interactionCount }, ...overrides })

const click = (interactionId: number, duration: number) =>
  ({ interactionId, duration, startTime: 1000, processingStart: 1000, processingEnd: 1010 }) as PerformanceEventTiming

/** A navigation in which so many interactions took so long, ms. */
const clicked = (durations: number[], more: Partial<Navigation> = {}) => {
  const navigation = { ...beginNavigation(pageWith(), {}), ...more }
  for (const [at, duration] of durations.entries()) navigation.interactions.addEvent(click(at + 1, duration))
  return navigation
}

/** A page that has loaded and was painted, as most are. */
const usual = { isPainted: true, isNavigation: true, isRestored: false }
/** The values of a navigation in a page, as `usual` but for these. */
const valuesOf = (
  page: ReturnType<typeof fakePage>,
  navigation: Partial<Navigation>,
  view: Partial<typeof usual> = {},
) =>
  Object.fromEntries(
    Object.entries(navigationVitals(page, { ...clicked([]), ...navigation }, { ...usual, ...view })).map(
      ([name, { value }]) => [name, value],
    ),
  )

describe('interactionCount', () => {
  test('is what the browser counts, and 0 where it does not', () => {
    expect([7, 0, undefined].map((count) => interactionCount(pageWith(count)))).toEqual([7, 0, 0])
  })
})

describe('beginNavigation', () => {
  test('has nothing in it, and nothing reported of it', () => {
    const { interactions, ...rest } = beginNavigation(pageWith(7), {})

    expect(rest).toEqual({ soft: undefined, moments: {}, countBefore: 0, reported: {} })
    expect(interactions.slowest(0)).toBeUndefined()
  })

  test('shares nothing with the one before', () => {
    const [one, other] = [1, 2].map(() => beginNavigation(pageWith(), {})) as [Navigation, Navigation]
    one.interactions.addEvent(click(1, 100))
    one.moments.fcp = { value: 5 }
    one.reported.fcp = '5'

    expect([other.moments, other.reported, other.interactions.slowest(0)]).toEqual([{}, {}, undefined])
  })

  test.for<[string, Parameters<typeof beginNavigation>[1], number]>([
    ['none of the page that loads', {}, 0],
    ['those before a later view', { isLater: true }, 60],
    ['those before a soft navigation', { soft }, 60],
  ])('leaves out of its interactions %s', ([, given, countBefore]) => {
    expect(beginNavigation(pageWith(60), given)).toMatchObject({ soft: given.soft, countBefore })
  })
})

describe('navigationVitals', () => {
  test('has what was measured at one moment, as it is', () => {
    const moments = { ttfb: { value: 5 }, fcp: { value: 100, attribution: () => ({}) } }
    const vitals = navigationVitals(pageWith(), { ...clicked([]), moments }, usual)

    expect(vitals.ttfb).toBe(moments.ttfb)
    expect(vitals.fcp).toBe(moments.fcp)
    expect(Object.keys(moments)).toEqual(['ttfb', 'fcp'])
  })

  test.for<[string, Partial<Navigation>, Partial<typeof usual>, number | undefined]>([
    ['the score of the largest window', { largestShifts: shifts }, {}, 0.3],
    ['0 where nothing has shifted', {}, {}, 0],
    ['nothing before there is a paint', { largestShifts: shifts }, { isPainted: false }, undefined],
    ['what has shifted in a view that is no navigation', { largestShifts: shifts }, { isNavigation: false }, 0.3],
    ['nothing in one where nothing has shifted', {}, { isNavigation: false }, undefined],
    ['0 in a soft navigation there', { soft }, { isNavigation: false }, 0],
  ])('has of layout shifts %s', ([, navigation, view, cls]) => {
    expect(valuesOf(pageWith(), navigation, view).cls).toBe(cls)
  })

  test('has of interactions the slowest one', () => {
    expect(valuesOf(pageWith(), clicked([40, 96, 64])).inp).toBe(96)
    expect(valuesOf(pageWith(), clicked([]))).not.toHaveProperty('inp')
  })

  test.for<[string, number, Partial<Navigation>, number]>([
    ['less than 50', 49, {}, 400],
    ['50', 50, {}, 96],
    ['50 with those before it', 50, { countBefore: 1 }, 400],
    ['less than 50 until it ended', 200, { count: 49 }, 400],
    ['50 until it ended', 200, { count: 50 }, 96],
  ])('leaves one in fifty out: of %s', ([, counted, more, inp]) => {
    expect(valuesOf(pageWith(counted), clicked([400, 96], more)).inp).toBe(inp)
  })

  type Case = [string, number, Partial<Navigation>, Partial<typeof usual>]

  test.for<Case>([
    ['after a return from the back/forward cache', 61, { countBefore: 60 }, { isRestored: true }],
    ['in a soft navigation', 61, { countBefore: 60, soft }, {}],
    ['in a soft navigation that has ended', 60, { countBefore: 60, count: 1, soft }, {}],
  ])('takes 8 ms for interactions that were too short to be reported, %s', ([, counted, more, view]) => {
    const { inp } = navigationVitals(pageWith(counted), clicked([], more), { ...usual, ...view })

    expect(inp?.value).toBe(8)
    // the parts add up to it
    expect(inp?.attribution?.()).toEqual({ target: '', inputDelay: 0, processingDuration: 0, presentationDelay: 8 })
  })

  test.for<Case>([
    ['in a page that loads, for its first one would be reported', 1, {}, {}],
    ['in a later view', 61, { countBefore: 60 }, { isNavigation: false }],
    ['where there were none', 60, { countBefore: 60, soft }, { isRestored: true }],
    ['where there were none until the navigation ended', 61, { countBefore: 60, count: 0, soft }, {}],
  ])('has nothing of interactions that were not reported %s', ([, counted, more, view]) => {
    expect(valuesOf(pageWith(counted), clicked([], more), view)).not.toHaveProperty('inp')
  })

  test.for<[type: string, missing: string]>([
    ['layout-shift', 'inp'],
    ['event', 'cls'],
  ])('has of a browser that knows only %s no %s', ([type, missing]) => {
    const page = pageWith(1, { supportedEntryTypes: [type] })
    const values = valuesOf(page, clicked([96], { largestShifts: shifts, soft }), { isRestored: true })

    expect(Object.keys(values)).toHaveLength(1)
    expect(values).not.toHaveProperty(missing)
  })

  test('explains shifts and interactions when somebody asks', () => {
    const { cls, inp } = navigationVitals(pageWith(), clicked([96], { largestShifts: shifts }), usual)

    expect(cls?.attribution?.()).toEqual({ target: 'img#hero', largestShiftTime: 200, largestShiftValue: 0.2 })
    expect(inp?.attribution?.()).toMatchObject({ time: 1000, processingDuration: 10 })
    expect(navigationVitals(pageWith(), clicked([]), usual).cls?.attribution?.()).toEqual({})
  })
})
