import { describe, expect, test } from 'vitest'
import { entryLists } from '../../src/page/performanceEntries'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'

const types = ['event', 'layout-shift']

describe('deliveries', () => {
  givesBack((page, since) => entryLists(page, types, since))

  test('hands on each list as the browser hands it over, of all its types', () => {
    const page = fakePage()
    page.emit('event', [{ startTime: 2 }, { startTime: 1 }])
    const seen = valuesOf(page, entryLists(page, types), () => {
      page.emit('layout-shift', [{ startTime: 3 }])
      page.emit('mark', [{ startTime: 4 }])
    })

    expect(seen.map((entries) => entries.map(({ startTime }) => startTime))).toEqual([[2, 1], [3]])
  })

  test('leaves out of a list what ended before the view began', () => {
    const page = fakePage()
    const entries = [
      { startTime: 900, duration: 99 },
      { startTime: 900, duration: 100 },
    ]
    const seen = valuesOf(page, entryLists(page, types, 1000), () => page.emit('event', entries))

    expect(seen).toEqual([[expect.objectContaining({ duration: 100 })]])
  })

  test('says when the page is left, with what is queued or with nothing', () => {
    const page = fakePage()
    const leave = () => {
      page.queue('event', [{ startTime: 7 }])
      page.leave()
    }

    expect(valuesOf(page, entryLists(page, types), leave)).toEqual([[expect.objectContaining({ startTime: 7 })], []])
  })

  test('makes do with the types that the browser has', () => {
    const page = fakePage({ supportedEntryTypes: ['layout-shift'] })

    expect(valuesOf(page, entryLists(page, types), () => page.emit('layout-shift', [{}]))).toHaveLength(1)
  })

  test('is empty where it has none of them', () => {
    for (const page of [fakePage({ supportedEntryTypes: [] }), fakePage({ PerformanceObserver: undefined })]) {
      expect(watch(entryLists(page, types)).end.completed).toBe(true)
      expect(page.open()).toBe(0)
    }
  })
})
