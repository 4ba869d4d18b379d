import { describe, expect, test } from 'vitest'
import { entriesOf } from '../../src/page/entriesOf'
import { timelineOf } from '../../src/page/timeline'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'
import { breaking } from '../helpers/withProperties'

const starts = (entries: PerformanceEntry[]) => entries.map(({ startTime }) => startTime)

describe.each([
  ['of a timeline that is shared', (page: ReturnType<typeof fakePage>) => ({ timeline: timelineOf(page) })],
  ['by an observer of their own', () => ({})],
])('entriesOf, %s,', (_, options) => {
  givesBack((page) => entriesOf(page, 'mark', options(page)))

  test('emits the entries of one type, one by one, those from before included', () => {
    const page = fakePage()
    page.emit('mark', [{ startTime: 1 }])
    const seen = valuesOf(page, entriesOf(page, 'mark', options(page)), () => {
      page.emit('mark', [{ startTime: 2 }, { startTime: 3 }])
      page.emit('event', [{ startTime: 4 }])
    })

    expect(starts(seen)).toEqual([1, 2, 3])
  })

  test.for(['name', 'startTime', 'duration'])('leaves out an entry whose %s cannot be read, alone', (name) => {
    const page = fakePage()
    const seen = valuesOf(page, entriesOf(page, 'mark', options(page)), () => {
      page.emit('mark', [{ startTime: 1 }, breaking({ startTime: 2 }, name), { startTime: 3 }])
    })

    expect(starts(seen)).toEqual([1, 3])
  })

  test('takes what is queued when the page is left', () => {
    const page = fakePage()
    const seen = valuesOf(page, entriesOf(page, 'mark', options(page)), () => {
      page.queue('mark', [{ startTime: 7 }])
      page.leave()
    })

    expect(starts(seen)).toEqual([7])
  })

  test('hands it over before anybody else hears that the page is left', () => {
    const page = fakePage()
    const heard: string[] = []
    page.document.addEventListener('visibilitychange', () => heard.push('left'))
    const subscription = entriesOf(page, 'mark', options(page)).subscribe(() => heard.push('entry'))
    page.queue('mark', [{ startTime: 7 }])
    page.hide()
    subscription.unsubscribe()

    expect(heard).toEqual(['entry', 'left'])
  })

  test('leaves out what ended before the view began', () => {
    const page = fakePage()
    const entries = [
      { startTime: 900, duration: 99 },
      { startTime: 900, duration: 100 },
    ]
    const all = entriesOf(page, 'longtask', { ...options(page), since: 1000 })

    expect(valuesOf(page, all, () => page.emit('longtask', entries))).toEqual([
      expect.objectContaining({ duration: 100 }),
    ])
  })

  test('is empty where the browser has none such', () => {
    for (const page of [fakePage({ supportedEntryTypes: [] }), fakePage({ PerformanceObserver: undefined })]) {
      expect(watch(entriesOf(page, 'mark', options(page))).end.completed).toBe(true)
      expect(page.open()).toBe(0)
    }
  })
})
