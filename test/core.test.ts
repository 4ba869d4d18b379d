import { EMPTY, map, of } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Collector } from '../src/collector'
import { batchedSources, collect, collectUnchecked } from '../src/core'
import type { Page } from '../src/page/page'
import { into, type Reading } from '../src/payload/reading'
import { callbackSink } from '../src/sinks/callbackSink'
import { longTasks } from '../src/sources/longTasks'
import type { SourceOptions } from '../src/sources/source'
import { nextTask } from './helpers/nextTask'
import { fakePage } from './helpers/page'
import { FakeTarget } from './helpers/target'
import { watch } from './helpers/watch'

afterEach(() => vi.unstubAllGlobals())

const parts = { sources: [], sinks: [] }

describe('collect of the core', () => {
  test('observes what it is given, in the global page, and nothing else', async () => {
    const page = fakePage({ document: { readyState: 'complete' } })
    vi.stubGlobal('window', page)
    const sent: unknown[] = []
    const tasks = (page: Page) => longTasks(page).pipe(into('view.longTasks[]'))
    const crum = collect({ sources: [tasks], sinks: [callbackSink(({ view }) => sent.push(view))] })
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    await nextTask()
    crum.stop()

    expect(sent).toEqual([{ longTasks: [{ name: 'self', startTime: 0, duration: 60 }] }])
    expect(page.open()).toBe(0)
  })

  test('checks its sources: one that emits no readings fails alone', async () => {
    const sources = [of('text' as unknown as Reading), of({ fcp: 1 }).pipe(into('metrics'))]
    const { debug$, stop } = collect({ page: fakePage(), sources, sinks: [] })
    await nextTask()
    stop()

    expect(watch(debug$.filter('error')).seen).toMatchObject([{ part: 'source 0' }])
    expect(watch(debug$.filter('sample').pipe(map(({ news }) => news))).seen).toEqual(['metrics view'])
  })

  test.for<[place: string, window: unknown]>([
    ['Node, and in a worker', undefined],
    ['a runtime whose window has no document', {}],
  ])('does nothing in %s, and says so', ([, window]) => {
    vi.stubGlobal('window', window)
    const { debug$, ...functions } = collect(parts)
    for (const call of Object.values(functions)) (call as (value: string) => void)('a')

    expect(watch(debug$).seen.map(({ type }) => type)).toEqual(['unsupported', 'stop'])
  })

  test.for<[when: string, acts: (crum: Collector) => unknown, sent: number]>([
    ['in the task in which it began', () => {}, 0],
    ['later', nextTask, 1],
    ['at once, with an event of the page', ({ addEvent }) => addEvent('a'), 1],
  ])('stopped %s, sends what the next collector would not', async ([, acts, sent]) => {
    const page = fakePage({ document: { readyState: 'complete' } })
    const payloads: unknown[] = []
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    const tasks = (page: Page) => longTasks(page).pipe(into('view.longTasks[]'))
    const events = (_: Page, { event$ = EMPTY }: SourceOptions = {}) => event$.pipe(into('view.events[]'))
    const crum = collect({ page, sources: [tasks, events], sinks: [callbackSink((one) => payloads.push(one))] })
    await acts(crum)
    crum.stop()

    expect(payloads).toHaveLength(sent)
    expect(watch(crum.debug$).seen.at(-1)?.type).toBe('stop')
    expect(page.open()).toBe(0)
  })

  test('can be started twice, and again after it was stopped', () => {
    const page = fakePage()
    const [first, second] = [collect({ ...parts, page }), collect({ ...parts, page })]
    first.stop()
    const third = collect({ ...parts, page })
    second.stop()
    third.stop()
    third.stop()

    for (const { debug$ } of [first, second, third])
      expect(watch(debug$).seen.filter(({ type }) => type === 'stop')).toHaveLength(1)
    expect(page.open()).toBe(0)
  })
})

test('the unchecked collector runs the sources of the drop-in script as they are', async () => {
  const page = fakePage({ navigation: new FakeTarget(), document: { readyState: 'complete' } })
  const { debug$, stop } = collectUnchecked({ page, sources: batchedSources(), sinks: [] })
  await nextTask()
  stop()

  expect(watch(debug$.filter('error')).seen).toEqual([])
  expect(watch(debug$.filter('sample').pipe(map(({ news }) => `${news}`))).seen[0]).toContain('attributes')
})
