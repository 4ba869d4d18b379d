import { describe, expect, test } from 'vitest'
import type { SoftNavigationEntry } from '../../../src/sources/vitals/softNavigation'
import { mergeVitalNews, type Reported, vitalNews } from '../../../src/sources/vitals/vitalNews'

const page = (reported: Reported['reported'] = {}): Reported => ({ type: 'navigate', reported })
const soft = { navigationId: 7, name: 'https://shop.test/soft', startTime: 50.06 } as SoftNavigationEntry

describe('vitalNews', () => {
  test('has a vital with its attribution and how the page was reached', () => {
    const why = { elementRenderDelay: 5 }

    expect(vitalNews({ lcp: { value: 100.06, attribution: () => why } }, page())).toEqual({
      ...{ lcp: 100.1, navigationType: 'navigate', attribution: { lcp: why } },
    })
    expect(vitalNews({ inp: { value: 8 } }, page())).toMatchObject({ inp: 8, attribution: { inp: {} } })
  })

  test('has a score to four decimals', () => {
    expect(vitalNews({ cls: { value: 0.123456 } }, page())).toMatchObject({ cls: 0.1235 })
  })

  test('has what has changed since it was reported: the value, or its attribution', () => {
    const navigation = page()
    const vitals = (target: string, inp: number) => ({
      lcp: { value: 100, attribution: () => ({ target }) },
      inp: { value: inp },
    })
    vitalNews(vitals('a', 8), navigation)

    expect(vitalNews(vitals('a', 8), navigation)).toBeUndefined()
    expect(vitalNews(vitals('b', 8), navigation)).toMatchObject({ lcp: 100, attribution: { lcp: { target: 'b' } } })
    expect(vitalNews(vitals('b', 16), navigation)).not.toHaveProperty('lcp')
  })

  test('has the vitals of a soft navigation under its id alone', () => {
    expect(vitalNews({ cls: { value: 0.123456 } }, { ...page(), soft })).toEqual({
      softNavigations: { 7: { url: 'https://shop.test/soft', startTime: 50.1, cls: 0.1235 } },
    })
  })

  test('has nothing of nothing', () => {
    expect(vitalNews({}, page())).toBeUndefined()
  })
})

describe('mergeVitalNews', () => {
  test('puts the news of several navigations into one', () => {
    const of = (id: number) => ({ softNavigations: { [id]: { url: `/${id}`, startTime: id } } })

    expect(mergeVitalNews([{ inp: 8 }, undefined, of(1), of(2)])).toEqual({
      inp: 8,
      softNavigations: { ...of(1).softNavigations, ...of(2).softNavigations },
    })
    expect(mergeVitalNews([{ inp: 8 }])).toEqual({ inp: 8 })
    expect(mergeVitalNews([undefined])).toBeUndefined()
  })
})
