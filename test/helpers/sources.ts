import type { Observable } from 'rxjs'
import { expect, test } from 'vitest'
import { type Settings, settings } from '../../src/settings'
import type { SourceOptions } from '../../src/sources/source'
import { type FakePage, fakePage } from './page'
import type { EntryLike } from './timeline'
import { watch } from './watch'

type PageSource<T> = (page: FakePage, options?: SourceOptions) => Observable<T>

/** The settings as they are where nothing is set, but for these. */
export const settingsWith = (given: Partial<Settings> = {}): Settings => settings(given, '', () => {})

/** What a source says while a page does something. */
export const valuesOf = <T>(page: FakePage, source: Observable<T>, act: (page: FakePage) => void = () => {}): T[] => {
  const { seen, unsubscribe } = watch(source)
  act(page)
  unsubscribe()
  return seen
}

/** The rule of every source: what it takes from the page it gives back. */
export const givesBack = (source: PageSource<unknown>, makePage: () => FakePage = fakePage) =>
  test('leaves nothing open when unsubscribed', () => {
    const page = makePage()
    const { unsubscribe } = watch(source(page))
    expect(page.open()).toBeGreaterThan(0)

    unsubscribe()
    expect(page.open()).toBe(0)
  })

/** The rules of every source that reads the performance timeline: `entry`, at 100 ms, makes it say `value`. */
export const readsEntries = <T>(type: string, source: PageSource<T>, entry: EntryLike, value: T) => {
  const at100 = { startTime: 100, ...entry }

  test('emits what the browser measures, when it does', () => {
    const page = fakePage()
    expect(valuesOf(page, source(page), () => page.emit(type, [at100]))).toEqual([value])
  })

  test('emits what was measured before it was asked', () => {
    const page = fakePage()
    page.emit(type, [at100])
    expect(valuesOf(page, source(page))).toEqual([value])
  })

  test('does not replay what ended before the view began', () => {
    const page = fakePage()
    page.emit(type, [at100])
    const seen = valuesOf(page, source(page, { since: 10_000 }), () =>
      page.emit(type, [{ ...at100, startTime: 10_001 }]),
    )
    expect(seen).toHaveLength(1)
  })

  test('takes what is queued when the page is left, once', () => {
    const page = fakePage()
    const leave = () => {
      page.queue(type, [at100])
      page.leave()
    }
    expect(valuesOf(page, source(page), leave)).toEqual([value])
  })

  test('is empty where the browser does not measure it', () => {
    for (const page of [fakePage({ supportedEntryTypes: [] }), fakePage({ PerformanceObserver: undefined })]) {
      const { seen, end } = watch(source(page))
      expect(seen).toEqual([])
      expect(end.completed).toBe(true)
      expect(page.open()).toBe(0)
    }
  })

  givesBack(source)
}
