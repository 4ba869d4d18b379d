import { describe, expect, test } from 'vitest'
import type { SoftNavigationEntry } from '../../../src/sources/vitals/softNavigation'
import { vitalMetrics } from '../../../src/sources/vitals/vitalMetrics'
import { fakePage } from '../../helpers/page'

describe('vitalMetrics', () => {
  test('tells a vital with how the page was reached and what made it so', () => {
    const why = { elementRenderDelay: 5 }

    expect(vitalMetrics(fakePage(), false)('lcp', 100.06, () => why)).toEqual({
      ...{ lcp: 100.1, navigationType: 'navigate', attribution: { lcp: why } },
    })
  })

  test('tells one of a page that came back', () => {
    expect(vitalMetrics(fakePage(), true)('inp', 8)).toEqual({
      ...{ inp: 8, navigationType: 'back-forward-cache', attribution: { inp: {} } },
    })
  })

  test('tells a score to four decimals', () => {
    expect(vitalMetrics(fakePage(), false)('cls', 0.123456)).toMatchObject({ cls: 0.1235 })
  })

  test('tells one of a soft navigation under its id alone', () => {
    const soft = { navigationId: 7, name: 'https://shop.test/soft', startTime: 50.06 } as SoftNavigationEntry

    expect(vitalMetrics(fakePage(), true)('cls', 0.123456, undefined, soft)).toEqual({
      softNavigations: { 7: { url: 'https://shop.test/soft', startTime: 50.1, cls: 0.1235 } },
    })
  })
})
