import { describe, expect, test } from 'vitest'
import { firstPaint } from '../../../src/sources/vitals/firstPaint'
import { fakePage } from '../../helpers/page'
import { readsEntries, valuesOf } from '../../helpers/sources'

/** What is told of a paint at 100 ms, after these entries. */
const paintAfter = (...before: [type: string, entry: object][]) => {
  const page = fakePage({ performance: { now: () => 1000 } })
  for (const [type, entry] of before) page.emit(type, [entry as never])
  return valuesOf(page, firstPaint(page), () => page.emit('paint', [{ name: 'first-paint', startTime: 100 }]))
}

describe('firstPaint', () => {
  readsEntries('paint', firstPaint, { name: 'first-paint' }, { fp: 100 })

  test('leaves out the first contentful paint', () => {
    const page = fakePage()
    const paint = { name: 'first-contentful-paint', startTime: 100 }

    expect(valuesOf(page, firstPaint(page), () => page.emit('paint', [paint]))).toEqual([])
  })

  test('counts from the activation of a prerendered page', () => {
    expect(paintAfter(['navigation', { responseStart: 10, activationStart: 60 }])).toEqual([{ fp: 40 }])
  })

  test('tells nothing of a page that was in the background until then', () => {
    expect(paintAfter(['visibility-state', { name: 'hidden', startTime: 0 }])).toEqual([])
    expect(paintAfter(['visibility-state', { name: 'visible', startTime: 0 }])).toEqual([{ fp: 100 }])
  })
})
