import { ignoreElements, map, merge, NEVER, of, switchMap, tap, throwError, timer } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { collectUnchecked } from '../src/core'
import {
  collect,
  consoleLog,
  defaultSources,
  into,
  type Payload,
  type Reading,
  type Sink,
  type Source,
  type SourceOptions,
} from '../src/index'
import { type Acts, collecting, event, keeping, loud, mark, resources, type Sent } from './helpers/collecting'
import { inVirtualTime } from './helpers/marbles'
import { FakeElement, type FakePage, fakePage } from './helpers/page'
import type { AnyStep } from './helpers/steps'
import { FakeTarget } from './helpers/target'
import { watch } from './helpers/watch'

beforeEach(() => vi.stubGlobal('__VERSION__', '1.2.3'))
afterEach(() => vi.unstubAllGlobals())

describe('the sample clock', () => {
  test('starts at load, and goes on', () => {
    expect(collecting([], 16_000, loud).times).toEqual(['5300 sample', '10300 sample', '15300 sample', '16000 stop'])
  })

  test('starts at once where the page has loaded before', () => {
    const { times } = collecting([], 6000, loud, { document: { readyState: 'complete' } })

    expect(times).toEqual(['5000 sample', '6000 stop'])
  })

  test('sends with the first sample what was read since the navigation start', () => {
    const { payloads } = collecting(
      [
        [10, mark('early')],
        [400, mark('late')],
      ],
      6000,
    )

    expect(payloads[0]?.view.marks?.map(({ name }) => name)).toEqual(['HE-early', 'HE-late'])
    expect(payloads[0]?.beacon).toMatchObject({ seq: 0, reason: 'sample', version: '1.2.3' })
  })

  test('is silent on an idle page', () => {
    const { times, typesOf } = collecting([], 60_000)

    expect(times).toEqual(['5300 sample'])
    expect(typesOf().filter((type) => type === 'skip').length).toBeGreaterThan(9)
  })

  test('sends nothing from a prerendered page before its activation', () => {
    const document = { prerendering: true, visibilityState: 'hidden' }
    const activate: Acts[number] = [
      20_000,
      (page) => {
        Object.assign(page.document, { prerendering: false, visibilityState: 'visible' })
        page.fire('prerenderingchange')
        page.fire('visibilitychange')
      },
    ]

    expect(collecting([activate], 26_000, {}, { document }).times).toEqual(['25000 sample'])
  })

  test('sends nothing from a prerendered page that stops before its activation', () => {
    const document = { prerendering: true, visibilityState: 'hidden' }

    expect(collecting([[10, mark('early')]], 6000, loud, { document }).times).toEqual([])
  })

  test('counts seq without a gap, in beacons with ids of their own', () => {
    const { payloads } = collecting([[200, (page) => page.emit('resource', resources(60))]], 30_000, loud)
    const beacons = payloads.map(({ beacon }) => beacon)

    expect(beacons.map(({ seq }) => seq).sort((one, other) => one - other)).toEqual(beacons.map((_, at) => at))
    expect(new Set(beacons.map(({ id }) => id)).size).toBe(beacons.length)
  })
})

describe('the entries lane', () => {
  test('sends 50, 50 and 20, each entriesRate from load on, before the first sample', () => {
    const { times, payloads } = collecting([[100, (page) => page.emit('resource', resources(120))]], 6000)

    // they come in an idle moment, 300 ms later
    expect(times).toEqual(['900 entries', '1400 entries', '1900 entries', '5300 sample'])
    expect(payloads.map(({ view }) => view.resources?.length)).toEqual([50, 50, 20, undefined])
    expect(payloads[3]?.view.resourceTypes).toEqual({ image: { count: 120 } })
  })

  test('starts its clock when something may leave', () => {
    const acts: Acts = [
      [100, (page) => page.emit('resource', resources(120))],
      [2000, (_page, crum) => crum.consent(true)],
    ]

    expect(collecting(acts, 6000, { consent: 'pending' }).times).toEqual([
      ...['2500 entries', '3000 entries', '3500 entries', '6000 stop'],
    ])
  })

  test('is let go when the page is hidden, after which nothing is sent twice', () => {
    const acts: Acts = [
      [6000, (page) => page.emit('resource', resources(70, 6000))],
      [6001, event('paid')],
      [6002, (page) => page.leave()],
    ]
    const { sent } = collecting(acts, 20_000)
    const leaving = sent.filter(({ at }) => at === 6002).map(({ payload }) => payload)

    expect(leaving.flatMap(({ view }) => view.resources ?? [])).toHaveLength(70)
    expect(leaving.flatMap(({ view }) => view.events ?? [])).toEqual([{ paid: {}, timeStamp: 6001 }])
    expect(leaving.map(({ beacon }) => beacon.reason)).toContain('hidden')
    expect(leaving.at(-1)?.view.visibility).toBe('hidden')
    expect(sent.filter(({ at }) => at > 6002)).toEqual([])
  })
})

describe('a sample that is cut short', () => {
  test('is sent when the page is left, also before it has loaded', () => {
    const { times, payloads } = collecting(
      [
        [50, mark('early')],
        [100, (page) => page.leave()],
      ],
      200,
    )

    expect(times[0]).toMatch(/^100 /)
    expect(payloads.flatMap(({ view }) => view.marks ?? [])).toHaveLength(1)
  })

  test('leaves entries to their own pace where a click is not to wait', () => {
    const target = new FakeElement('button', { 'crum-action': 'pay', 'crum-send': '' })
    const acts: Acts = [
      [6000, (page) => page.emit('resource', resources(60, 6000))],
      // they come in an idle moment, 300 ms later
      [6400, (page) => page.fire('click', { target, pointerType: 'mouse' })],
    ]

    expect(collecting(acts, 10_000).times).toEqual(['5300 sample', '6400 action', '6800 entries', '7300 entries'])
  })

  test('leaves under its path what came before the first name, where something has left by then', () => {
    const acts: Acts = [
      [5350, event('before')],
      [5400, (_page, crum) => crum.setViewId('checkout')],
      [5450, event('after')],
    ]
    const { times, payloads } = collecting(acts, 11_000)

    expect(times).toEqual(['5300 sample', '5400 route', '10400 sample'])
    expect(payloads.map(({ view }) => [view.id, view.events?.length])).toEqual([
      ['/', undefined],
      ['/', 1],
      ['checkout', 1],
    ])
  })

  test('has not left where it was only looked at: the first name names all of it', () => {
    const looking: Sink = (payload$, { look, pending$ }) =>
      merge(payload$, pending$, timer(1000).pipe(tap(look))).pipe(ignoreElements())
    const sent: Sent[] = []
    const acts: Acts = [
      [500, event('before')],
      [2000, (_page, crum) => crum.setViewId('checkout')],
    ]
    collecting(acts, 6000, { sinks: [looking, keeping(sent)] })

    expect(sent.map(({ at, payload: { view } }) => [at, view.id, view.events?.length])).toEqual([[5300, 'checkout', 1]])
  })

  test('ends with its route, so that no payload mixes two', () => {
    const acts: Acts = [
      [5500, event('a')],
      [6000, (page) => page.navigate('/cart')],
      [6500, event('b')],
    ]
    const { times, payloads } = collecting(acts, 12_000)

    expect(times).toEqual(['5300 sample', '6000 route', '11000 sample'])
    expect(payloads.map(({ view }) => [view.pathname, view.id, view.events?.length])).toEqual([
      ['/', '/', undefined],
      ['/', '/', 1],
      ['/cart', '/cart', 1],
    ])
  })

  test('ends at most once a samplingRate where query or hash are replaced, and tells the last; with any other route always', () => {
    const replace = (url: string) => (page: FakePage) => page.history.replaceState({}, '', url)
    const scroll: Acts = Array.from({ length: 60 }, (_, n) => [6000 + n * 50, replace(`#${n}`)])
    const acts: Acts = [
      [5900, event('before')],
      ...scroll,
      [12_000, replace('#late')],
      [12_100, replace('?query=1')],
      [12_200, (page) => page.navigate('?query=2')],
      [12_300, replace('/other')],
      [12_400, (_page, crum) => crum.setViewId('named')],
      [12_500, (_page, crum) => crum.setViewId('renamed')],
    ]
    const { times, payloads } = collecting(acts, 20_000)

    expect(times).toEqual([
      ...['5300 sample', '6000 route', '11000 sample'],
      ...['12200 route', '12300 route', '12500 route', '17500 sample'],
    ])
    expect(payloads.map(({ view }) => `${view.pathname}${view.search}${view.hash} ${view.id}`)).toEqual([
      ...['/ /', '/ /', '/#59 /'],
      ...['/?query=1 /', '/?query=2 /', '/other named', '/other renamed'],
    ])
  })

  test('has all that the page did before, though entries come in idle moments', () => {
    const acts: Acts = [
      [6000, mark('before')],
      [6001, (page) => page.navigate('/cart')],
      [6002, mark('after')],
    ]
    const { times, payloads } = collecting(acts, 6100)

    expect(times).toEqual(['5300 sample', '6001 route', '6100 stop'])
    expect(payloads.map(({ view }) => view.marks?.map(({ name }) => name))).toEqual([
      undefined,
      ['HE-before'],
      ['HE-after'],
    ])
  })

  test('closes before its time when it is large, which makes no room for more items of a list', () => {
    const flood: Acts[number][1] = (_page, crum) => {
      for (let at = 0; at < 1003; at++) crum.addEvent('a', 'x'.repeat(80))
    }
    const { times, payloads } = collecting(
      [
        [1000, flood],
        [7000, event('later')],
      ],
      12_000,
    )
    const counts = payloads.map(({ view }) => view.events?.length ?? 0)

    expect(times).toEqual(['1000 sample', '1000 sample', '6000 sample', '11000 sample'])
    expect(counts.reduce((sum, count) => sum + count)).toBe(1001)
    expect(payloads.map(({ beacon }) => beacon.dropped).filter(Boolean)).toEqual([{ 'view.events[]': 3 }])
  })

  test('is sent at once for an element that is not to wait', () => {
    const target = new FakeElement('button', { 'crum-action': 'pay', 'crum-send': '' })
    const { times, payloads } = collecting(
      [[6000, (page) => page.fire('click', { target, pointerType: 'mouse' })]],
      7000,
    )

    expect(times).toEqual(['5300 sample', '6000 action'])
    expect(payloads[1]?.view.actions).toMatchObject([{ name: 'pay', target: 'button' }])
  })

  test('puts what is read while held samples leave behind them, in one beacon each', () => {
    let asked = 0
    const asking: Source<Reading> = (_page, { loop$ = NEVER } = {}) =>
      loop$.pipe(
        map(() => ({ [`asked ${++asked}`]: {}, timeStamp: asked })),
        into('view.events[]'),
      )
    const acts: Acts = [
      [1000, (page) => page.hide()],
      [2000, (page) => page.show()],
      [3000, event('early')],
      [4000, (page) => page.hide()],
      [5000, (page) => page.show()],
      [6000, event('late')],
      [7000, (_page, crum) => crum.consent(true)],
    ]
    const told: [id: string, event: string][] = []
    const sink: Sink = (payload$, { pending$ }) =>
      merge(payload$, pending$.pipe(map(({ payload }) => payload as Payload))).pipe(
        tap(({ beacon, view }) => {
          for (const one of view.events ?? []) told.push([beacon.id, Object.keys(one)[0] as string])
        }),
        ignoreElements(),
      )
    collecting(acts, 13_000, { consent: 'pending', sources: [...defaultSources(), asking], sinks: [sink] })
    const ids = new Map<string, Set<string>>()
    for (const [id, name] of told) ids.set(name, (ids.get(name) ?? new Set()).add(id))

    expect([...ids.keys()].slice(0, 3)).toEqual(['asked 1', 'early', 'late'])
    expect(asked).toBeGreaterThan(3)
    expect(ids.size).toBe(asked + 2)
    expect([...ids.values()].filter(({ size }) => size > 1)).toEqual([])
  })
})

describe('the session', () => {
  /** The last signs of life in what was sent, ms from the first. */
  const livesIn = (payloads: Payload[]) => {
    const lives = payloads.map(({ session }) => session.lastLoop)
    return lives.map((life) => life - (lives[0] as number))
  }

  test('is kept alive by each sample', () => {
    expect(livesIn(collecting([], 16_000, loud).payloads)).toEqual([0, 5000, 10_000, 10_700])
  })

  test('is not by entries, which only travel along, nor by what is looked at', () => {
    const pending: Payload[] = []
    const looking: Sink = (payload$, { look, pending$ }) =>
      merge(
        payload$,
        timer(6800).pipe(tap(look)),
        pending$.pipe(tap(({ payload }) => pending.push(payload as Payload))),
      ).pipe(ignoreElements())
    const sent: Sent[] = []
    const acts: Acts = [
      [6000, (page) => page.emit('resource', resources(3, 6000))],
      [6900, event('seen')],
    ]
    collecting(acts, 9000, { sinks: [looking, keeping(sent)] })
    const payloads = sent.map(({ payload }) => payload)

    expect(payloads.map(({ beacon }) => beacon.reason)).toEqual(['sample', 'entries', 'stop'])
    expect(livesIn([...payloads, ...pending])).toEqual([0, 0, 3700, 0])
  })
})

describe('what the client itself causes', () => {
  test('is no reading where it would be an item of a list, and is one of who and where', () => {
    const guest: { act?: () => void } = {}
    const beforeSend = (payload: Payload) => {
      guest.act?.()
      return payload
    }
    const begin: Acts[number] = [
      100,
      (page, crum) => {
        guest.act = () => {
          page.console.warn('sent')
          crum.addToLabels('sent=1')
        }
      },
    ]
    const { payloads } = collecting([begin], 16_000, { ...loud, beforeSend })

    expect(payloads.length).toBeGreaterThan(2)
    expect(payloads.filter(({ view }) => view.console)).toEqual([])
    expect(payloads.at(-1)?.attributes.labels).toEqual(['sent=1'])
  })

  /** A page that answers each beacon, in a later task, with an event of its own. */
  const answering: Acts[number] = [
    10,
    (_page, crum) => crum.debug$.filter('send').subscribe(() => timer(100).subscribe(() => crum.addEvent('answered'))),
  ]

  test('ends, though the page answers each beacon: what waits is neither sent nor said to be nothing new', () => {
    const stored: unknown[] = []
    const look: Acts[number][1] = ({ localStorage }) => stored.push(localStorage.getItem('CRUM'))
    const acts: Acts = [answering, [150_000, look], [250_000, look]]
    const { sent, steps } = collecting(acts, 300_000)

    expect(sent.filter(({ at }) => at < 100_000)).toHaveLength(12)
    expect(sent.filter(({ at }) => at > 100_000).map(({ payload }) => payload.beacon.reason)).toEqual(['stop'])
    expect(steps.filter(({ type }) => type === 'skip')).toEqual([])
    expect(stored[0]).toBe(stored[1])
  })

  test('begins anew with a route, for a shorter while', () => {
    const { sent } = collecting([answering, [150_000, (page) => page.navigate('/cart')]], 300_000)

    expect(sent.filter(({ at }) => at >= 150_000)).toHaveLength(1 + 5)
  })
})

describe('a source', () => {
  test('gets the settings, and all else that it can be told', () => {
    const given: SourceOptions[] = []
    const source: Source<Reading> = (_page, options = {}) => {
      given.push(options)
      return NEVER
    }
    collecting(
      [
        [6000, (page) => page.leave()],
        [9000, (page) => page.restore()],
      ],
      10_000,
      {
        sources: [source],
        entriesRate: 700,
        viewId: 'home',
      },
    )
    const [first, second] = given

    expect(first).toMatchObject({ entriesRate: 700, maxEntries: 50, since: 0 })
    expect(watch((first as Required<SourceOptions>).viewId$).seen).toEqual(['home'])
    for (const part of ['labels$', 'event$', 'loop$', 'calm$', 'timeline']) expect(first).toHaveProperty(part)
    expect(second).toMatchObject({ since: 9000, restoredAt: 9000 })
    expect(given).toHaveLength(2)
  })

  test('hears of the start, and of the end of each sample', () => {
    const heard: number[] = []
    const source: Source<Reading> = (page, { loop$ = NEVER } = {}) =>
      loop$.pipe(
        tap(() => heard.push(page.performance.now())),
        ignoreElements(),
      )
    collecting([], 11_000, { sources: [source] })

    expect(heard).toEqual([0, 5300, 10_300])
  })
})

describe('a source that fails', () => {
  const good = timer(400).pipe(
    map(() => ({ fcp: 1 })),
    into('metrics'),
  )

  test.for<[string, () => never | typeof good]>([
    [
      'at its start',
      () => {
        throw new Error('broken')
      },
    ],
    ['later', () => timer(100).pipe(switchMap(() => throwError(() => new Error('broken'))))],
  ])('ends alone, as a source, %s', ([, bad]) => {
    const { payloads, steps } = collecting([], 6000, { sources: [bad, good] })

    expect(payloads[0]?.metrics).toEqual({ fcp: 1 })
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error', message: 'Error: broken' }))
  })
})

describe('collect', () => {
  test('tells of what ends it all the same, and not the page', () => {
    const page = fakePage()
    const broken: Source<Reading> = () => of(null as unknown as Reading)
    const { debug$, stop } = collectUnchecked({ page, sources: [broken], sinks: [] })
    const { seen } = watch(debug$)
    stop()

    expect(seen).toContainEqual(expect.objectContaining({ type: 'error', part: 'collect' }))
    expect(page.logged).toEqual([{ method: 'error', args: [expect.stringContaining('crum: collect')] }])
    expect(page.open()).toBe(0)
  })

  test('says in one console error what is wrong with a setting', () => {
    const { page, steps } = collecting([], 400, { samplingRate: 'fast' as never })

    expect(page.logged).toEqual([{ method: 'error', args: [expect.stringMatching(/^crum: .*samplingRate.*"fast"/)] }])
    expect(steps[0]).toMatchObject({ type: 'error', part: 'setting' })
  })

  test('runs beside another one, each with its own', () => {
    const sent: [one: Sent[], two: Sent[]] = [[], []]
    const page = inVirtualTime(({ flush }) => {
      const page = fakePage({ navigation: new FakeTarget() })
      timer(300).subscribe(() => page.finishLoading())
      for (const [at, own] of sent.entries()) {
        const crum = collect({ page, sinks: [keeping(own)], savingMode: false })
        timer([6000, 11_000][at] as number).subscribe(crum.stop)
      }
      flush()
      return page
    })

    expect(sent[0].map(({ at }) => at).filter((at) => at < 6000)).toEqual([5300])
    expect(sent[0].filter(({ at }) => at > 6000)).toEqual([])
    expect(sent[1].map(({ at }) => at).filter((at) => at < 11_000)).toEqual([5300, 10_300])
    expect(page.open()).toBe(0)
  })
})

describe('the debug stream', () => {
  test('tells each step, with its time', () => {
    const { steps, typesOf } = collecting([], 6000)

    expect(new Set(typesOf())).toEqual(
      new Set('init session visibility reading unsupported load sample send sent skip stop'.split(' ')),
    )
    expect(steps.every(({ timeStamp }) => timeStamp >= 0)).toBe(true)
  })

  test('tells a late subscriber of the recent past, within bounds', () => {
    const states = of(...Array(1000).fill({ visibility: 'visible' }))
    const crum = collect({ page: fakePage(), sources: [merge(states, NEVER).pipe(into('view'))], sinks: [] })
    const { seen, unsubscribe } = watch(crum.debug$)
    unsubscribe()
    crum.stop()

    expect(seen).toHaveLength(200)
  })

  test('notes single readings for who listens only, for there are many, and the visibility always', () => {
    const { steps } = collecting([[1000, event('heard')]], 1100)
    const past: AnyStep[] = []
    const alone = fakePage()
    const crum = collect({ page: alone, sinks: [] })
    crum.addEvent('unheard')
    crum.debug$.subscribe((step) => past.push(step))
    crum.addEvent('heard')
    crum.stop()

    expect(steps).toContainEqual(expect.objectContaining({ type: 'reading', field: 'view.events[]' }))
    expect(past.filter(({ field }) => field === 'view.events[]')).toMatchObject([{ value: { heard: {} } }])
    expect(past).toContainEqual(
      expect.objectContaining({ type: 'visibility', field: 'view', value: { visibility: 'visible' } }),
    )
  })

  test('notes all readings from the first on with debug=1', () => {
    const page = fakePage({ url: 'https://shop.test/?debug=1' })
    const crum = collect({ page, sinks: [], print: () => ignoreElements() })
    crum.addEvent('early')
    crum.stop()

    expect(watch(crum.debug$).seen).toContainEqual(
      expect.objectContaining({ type: 'reading', value: expect.objectContaining({ early: {} }) }),
    )
  })

  test('tells the payload of a beacon to who listens, and remembers the rest', () => {
    const past: AnyStep[] = []
    const acts: Acts = [[5500, (_page, crum) => void past.push(...watch(crum.debug$).seen)]]
    const { steps, payloads } = collecting(acts, 6000)
    const isSend = ({ type }: AnyStep) => type === 'send'

    expect(steps.find(isSend)?.payload).toEqual(payloads[0])
    expect(past.find(isSend)).toEqual({ type: 'send', timeStamp: 5300, ...payloads[0]?.beacon })
  })

  test('tells a late value when it is worked out, and none where there is nothing to report', () => {
    const asked: number[] = []
    const late = of(
      () => ({ fcp: asked.push(1) }),
      () => undefined,
    ).pipe(into('metrics'))
    const { steps } = collecting([[5000, () => void asked.push(0)]], 6000, { sources: [merge(late, NEVER)] })

    expect(asked).toEqual([0, 1])
    expect(steps.filter(({ field }) => field === 'metrics')).toEqual([
      { type: 'reading', timeStamp: 5300, field: 'metrics', value: { fcp: 2 } },
    ])
  })

  test('is printed with debug=1, from the start and to the end, and sends', () => {
    const { page, times } = collecting([], 6000, {}, { url: 'https://shop.test/?debug=1' })
    const lines = page.logged.map(({ args }) => args[0])

    expect(times).toHaveLength(1)
    expect(lines).toContainEqual(expect.stringMatching(/^crum 5300 ms: send seq 0/))
    expect([lines.at(0), lines.at(-1)]).toEqual(['crum 0 ms: init', 'crum 6000 ms: stop'])
  })

  test('is printed as the options say', () => {
    const { page } = collecting([], 6000, { print: consoleLog }, { url: 'https://shop.test/?debug=1' })

    expect(page.logged.map(({ args }) => args[0])).toContainEqual(expect.stringMatching(/^%ccrum send/))
  })

  test.for<[string, () => never | typeof NEVER]>([
    [
      'at its start',
      () => {
        throw new Error('broken')
      },
    ],
    ['later', () => timer(100).pipe(switchMap(() => throwError(() => new Error('broken'))))],
  ])('goes on, and so does the collector, where printing fails, %s', ([, print]) => {
    const { page, steps, times } = collecting([], 6000, { print: () => print }, { url: 'https://shop.test/?debug=1' })

    expect(page.logged).toEqual([{ method: 'error', args: ['crum:', new Error('broken')] }])
    expect(times).toEqual(['5300 sample'])
    expect(steps.at(-1)?.type).toBe('stop')
  })

  test('reaches nobody else where the console fails', () => {
    const error = vi.fn()
    const log = () => {
      throw new Error('of theirs')
    }
    const console = { log, error }
    const { steps, times } = collecting([], 6000, {}, { url: 'https://shop.test/?debug=1', console })

    expect(error.mock.calls).toEqual([['crum:', new Error('of theirs')]])
    expect(times).toEqual(['5300 sample'])
    expect(steps.at(-1)?.type).toBe('stop')
  })

  test('is printed with debug=dry, which sends nothing', () => {
    const { page, times } = collecting(
      [[8000, (page) => page.leave()]],
      9000,
      {},
      { url: 'https://shop.test/?a=1&debug=dry' },
    )

    expect([times, page.requests]).toEqual([[], []])
    expect(page.logged.map(({ args }) => args[0])).toContainEqual(expect.stringMatching(/^crum 5300 ms: send/))
  })

  test('leaves the console alone otherwise', () => {
    expect(collecting([], 6000, {}, { url: 'https://shop.test/?debug=10' }).page.logged).toEqual([])
  })
})
