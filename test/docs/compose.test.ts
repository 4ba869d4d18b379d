import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ignoreElements, of, Subject, tap } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { type Collector, collect, into, type Page, type Payload, type Reading } from '../../src/index'
import type { PlatformObservable } from '../../src/page/platformObservable'
import type { Sink } from '../../src/sinks/sink'
import { collecting } from '../helpers/collecting'
import { nextTask } from '../helpers/nextTask'
import { fakePage } from '../helpers/page'
import { payloadWith } from '../helpers/payload'
import { scopeWith } from '../helpers/scope'
import { FakeTarget } from '../helpers/target'
import { watch } from '../helpers/watch'
import { snippets } from './snippets'
import { Workshop } from './workshop'

/** What the code of a page with this name exports. */
const example = async (name: string, page = 'compose.md') => {
  const { folder } = await Workshop.of(page)
  return import(/* @vite-ignore */ join(folder, name))
}

const code = (name: string) => snippets('compose.md', 'ts').find((found) => found.code.startsWith(`// ${name}`))?.code

describe('docs/compose.md', { timeout: 30_000 }, () => {
  const linesOf = (name: string, others: RegExp) =>
    (code(name) ?? '').split('\n').filter((line) => line && !others.test(line))

  test.for([
    ['source', 'socketFrames.ts'],
    ['operator', 'redacted.ts'],
    ['sink', 'analytics.ts'],
  ])('tells how to write a %s in less than 15 lines, imports and types included: %s', ([, name = '']) => {
    const lines = linesOf(name, /^(\/\/|\/\*\*)/)

    expect(lines.length).toBeGreaterThan(1)
    expect(lines.length).toBeLessThan(15)
  })

  test('needs as few for a source that a browser may not have, types apart', () => {
    expect(linesOf('pressure.ts', /^(import|declare|type|\/\/|\/\*\*| {2}interface|\}$)/).length).toBeLessThan(15)
  })

  test('puts a source, an operator and a sink into one collector', async () => {
    const track = vi.fn()
    vi.stubGlobal('analytics', { track })
    const { folder } = await Workshop.of('compose.md')
    const [{ socketFrames }, { redacted }, { vitalsToAnalytics }] = await Promise.all(
      ['socketFrames.ts', 'redacted.ts', 'analytics.ts'].map((name) => import(/* @vite-ignore */ join(folder, name))),
    )
    const page = fakePage({ navigation: new FakeTarget(), document: { readyState: 'complete' } })
    const socket = new FakeTarget()
    const payloads: Payload[] = []
    const keep: Sink = (payload$) =>
      payload$.pipe(
        tap((payload) => payloads.push(payload)),
        ignoreElements(),
      )
    const vital = of({ lcp: 5 }).pipe(into('metrics'))
    const event = of({ timeStamp: 1, from: 'a@b.cz' }).pipe(into('view.events[]'))
    const sources = [socketFrames(socket), redacted(() => event), () => vital]
    const { stop } = collect({ page, sources, sinks: [vitalsToAnalytics, keep] })
    socket.hear({ type: 'message', data: 'hello' } as never)
    await nextTask()
    stop()
    vi.unstubAllGlobals()

    expect(payloads).toMatchObject([{ view: { socketFrames: [{ bytes: 5 }], events: [{ from: '[mail]' }] } }])
    expect(track).toHaveBeenCalledWith('vitals', { page: undefined, lcp: 5 })
  })

  test('watches long tasks without a collector', async () => {
    const { watchTasks } = await example('alone.ts')
    const page = fakePage()
    const seen: number[] = []
    const watching = watchTasks(page, (ms: number) => seen.push(ms))
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    watching.unsubscribe()

    expect(seen).toEqual([60])
    expect(page.open()).toBe(0)
  })

  test('reads the frames of a WebSocket', async () => {
    const { socketFrames } = await example('socketFrames.ts')
    const socket = new FakeTarget()
    const page = fakePage()
    const { seen, unsubscribe } = watch(socketFrames(socket)(page))
    socket.hear({ type: 'message', data: 'hello' } as never)
    unsubscribe()

    expect(seen).toMatchObject([{ field: 'view.socketFrames[]', value: { bytes: 5 } }])
    expect(socket.count()).toBe(0)
  })

  test('reads the pressure, is empty where the browser has none, and fails where it may not', async () => {
    const { pressure } = await example('pressure.ts')
    expect(watch(pressure({})).end.completed).toBe(true)

    let changed = (_records: { state: string }[]) => {}
    const disconnect = vi.fn()
    const observing = (observe: () => Promise<void>) =>
      class {
        readonly observe = observe
        readonly disconnect = disconnect
        constructor(given: typeof changed) {
          changed = given
        }
      }
    const { seen, unsubscribe } = watch(pressure({ PressureObserver: observing(async () => {}) }))
    changed([{ state: 'fair' }, { state: 'serious' }])
    unsubscribe()
    expect(seen).toMatchObject([{ field: 'view.pressure[]', value: 'fair' }, { value: 'serious' }])
    expect(disconnect).toHaveBeenCalledOnce()

    const refused = watch(pressure({ PressureObserver: observing(() => Promise.reject(new Error('refused'))) }))
    await expect.poll(() => `${refused.end.error}`).toBe('Error: refused')
  })

  test('takes the browser’s observables, and gives its own as one', async () => {
    const { presses, steps } = await example('native.ts')
    const click$: PlatformObservable<Event> = { subscribe: ({ next }) => next({ timeStamp: 5 } as Event) }
    expect(watch(presses(click$)).seen).toEqual([{ field: 'view.events[]', value: { press: {}, timeStamp: 5 } }])

    const started: unknown[] = []
    class Observable {
      constructor(start: unknown) {
        started.push(start)
      }
    }
    expect(steps({ debug$: of() } as unknown as Collector, { Observable })).toBeInstanceOf(Observable)
    expect(started).toHaveLength(1)
  })

  test('redacts readings, under the name of their source', async () => {
    const { redacted } = await example('redacted.ts')
    const events = () => of({ order: 'from a@b.cz', timeStamp: 0 }).pipe(into('view.events[]'))
    const clean = redacted(events)

    expect(clean.name).toBe('events')
    expect(watch<Reading>(clean()).seen).toMatchObject([{ value: { order: 'from [mail]' } }])
  })

  test('hands the vitals to the page’s own analytics', async () => {
    const track = vi.fn()
    vi.stubGlobal('analytics', { track })
    const { vitalsToAnalytics } = (await example('analytics.ts')) as { vitalsToAnalytics: Sink }
    const payload$ = new Subject<Payload>()
    const { seen } = watch(vitalsToAnalytics(payload$, scopeWith()))
    payload$.next(payloadWith({ metrics: { lcp: 5 } }))
    payload$.next(payloadWith())
    vi.unstubAllGlobals()

    expect(track).toHaveBeenCalledExactlyOnceWith('vitals', { page: '/', lcp: 5 })
    expect(seen).toMatchObject([{ type: 'sent' }, { type: 'sent' }])
  })

  test('runs a collector without a beacon sink', async () => {
    const { start } = (await example('small.ts')) as { start: (page: Page) => Collector }
    const posted: Payload[] = []
    class BroadcastChannel {
      postMessage = (payload: Payload) => posted.push(payload)
      close() {}
    }
    const page = fakePage({ BroadcastChannel, document: { readyState: 'complete' } })
    const { stop } = start(page)
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    await nextTask()
    stop()

    expect(posted.map(({ view }) => view.longTasks?.length)).toEqual([1])
    expect(page.requests).toEqual([])
  })

  test('sends from a drop-in script to where it came from', async () => {
    const { start } = (await example('dropIn.ts')) as { start: (page: Page) => Collector }
    const currentScript = { src: 'https://rum.test/rum?v=1' }
    const document = { readyState: 'complete', getElementById: () => null, currentScript }
    const page = fakePage({ navigation: new FakeTarget(), document })
    const { stop } = start(page)
    await nextTask()
    stop()

    await expect.poll(() => page.requests.map(({ url }) => url)).toEqual(['https://rum.test/rum'])
  })

  test('runs two collectors side by side', async () => {
    const { both } = (await example('both.ts')) as { both: (page: Page) => Collector[] }
    const page = fakePage({ navigation: new FakeTarget(), document: { readyState: 'complete' } })
    const collectors = both(page)
    await nextTask()
    for (const { stop } of collectors) stop()

    const sent = collectors.map(({ debug$ }) => watch(debug$.filter('send')).seen)
    expect(sent.map(({ length }) => length)).toEqual([1, 1])
    expect(new Set(sent.flat().map(({ id }) => id)).size).toBe(2)
    // when the receiver has answered
    await expect.poll(() => page.open()).toBe(0)
  })

  test('stops the collector of a module that is replaced', () => {
    expect(code('hot.ts')).toContain('hot?.dispose(rum.stop)')
    // `stop` needs no `this`
    const { steps } = collecting([[1000, (_page, { stop }) => stop()]], 2000)
    expect(steps.at(-1)?.type).toBe('stop')
  })
})

describe('docs/otlp.md', { timeout: 30_000 }, () => {
  test('forwards stored payloads to a Collector', async () => {
    const { forward } = await example('forward.ts', 'otlp.md')
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response('{}'))
    vi.stubGlobal('fetch', fetch)
    await forward('http://collector.test/v1/logs', [payloadWith(), payloadWith({ beacon: { id: 'b-1', seq: 1 } })])
    vi.unstubAllGlobals()

    expect(JSON.parse(`${fetch.mock.calls[0]?.[1].body}`).resourceLogs).toHaveLength(2)
  })

  test('names the events that the mapping makes', () => {
    const text = readFileSync(new URL('../../docs/otlp.md', import.meta.url), 'utf8')
    for (const name of ['browser.web_vital', 'exception', 'app.widget.click', 'crum.beacon'])
      expect(text).toContain(name)
  })
})
