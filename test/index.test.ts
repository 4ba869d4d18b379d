import { ignoreElements, map, merge, NEVER, Observable, of, switchMap, tap, throwError, timer } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Status } from '../src/devtools/status'
import { collect, defaultSources, into, type Options, type Reading, type Sink, type Source } from '../src/index'
import type { Payload } from '../src/payload/payload'
import { type Acts, collecting, keeping, resources, type Sent } from './helpers/collecting'
import { inVirtualTime } from './helpers/marbles'
import { FakeElement, fakePage } from './helpers/page'
import { callsWith, settingsWith } from './helpers/sources'
import { FakeTarget } from './helpers/target'
import { watch } from './helpers/watch'

beforeEach(() => vi.stubGlobal('__VERSION__', '1.2.3'))
afterEach(() => vi.unstubAllGlobals())

const mark =
  (name: string): Acts[number][1] =>
  (page) =>
    page.emit('mark', [{ name: `HE-${name}`, startTime: page.performance.now() }])
const event =
  (name: string): Acts[number][1] =>
  (_page, crum) =>
    crum.addEvent(name)
const loud = { savingMode: false }

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

    expect(times).toEqual(['800 entries', '1300 entries', '1800 entries', '5300 sample'])
    expect(payloads.map(({ view }) => view.resources?.length)).toEqual([50, 50, 20, undefined])
    expect(payloads[3]?.view.resourceTypes).toEqual({ image: { count: 120 } })
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

  test('is sent at once for an element that is not to wait', () => {
    const target = new FakeElement('button', { 'crum-action': 'pay', 'crum-send': '' })
    const { times, payloads } = collecting(
      [[6000, (page) => page.fire('click', { target, pointerType: 'mouse' })]],
      7000,
    )

    expect(times).toEqual(['5300 sample', '6000 action'])
    expect(payloads[1]?.view.actions).toMatchObject([{ name: 'pay', target: 'button' }])
  })
})

describe('stop', () => {
  test('sends what is pending, and leaves nothing open', () => {
    const { times, payloads, open, steps } = collecting([[6000, event('last')]], 6100)

    expect(times).toEqual(['5300 sample', '6100 stop'])
    expect(payloads[1]?.view.events).toEqual([{ last: {}, timeStamp: 6000 }])
    expect(open.running).toBeGreaterThan(10)
    expect(open.stopped).toBe(0)
    expect(steps.at(-1)?.type).toBe('stop')
  })

  test.for([100, 299])('leaves nothing open before the page has loaded, at %i ms', (until) => {
    expect(collecting([], until).open.stopped).toBe(0)
  })

  test('takes every patch off where there is no Navigation API', () => {
    const { page, open } = collecting([], 6000, {}, { navigation: undefined })

    expect(open.stopped).toBe(0)
    expect(page.history.pushState.name).toBe('pushState')
  })

  test('ends the debug stream', () => {
    const page = fakePage()
    const crum = collect({ page, sinks: [], sources: [] })
    crum.stop()

    expect(watch(crum.debug$).end.completed).toBe(true)
  })

  test('makes the functions harmless, not broken', () => {
    const { times } = collecting(
      [
        [
          6000,
          (_page, crum) => {
            crum.stop()
            crum.stop()
            crum.addEvent('late')
            crum.setViewId('late')
            crum.addToLabels('late=1')
          },
        ],
      ],
      20_000,
    )

    expect(times.filter((time) => !time.startsWith('5300'))).toEqual([])
  })
})

describe('a long absence', () => {
  const acts: Acts = [
    [6000, (page) => page.hide()],
    [100_000, (page) => page.show()],
  ]

  test('stops the collector, and begins a new view of a new session afterwards', () => {
    const { sent } = collecting(acts, 110_000)
    const [before, after] = [sent.at(0)?.payload, sent.at(-1)?.payload]

    expect(sent.at(-1)?.at).toBe(105_000)
    expect(after?.beacon.seq).toBe(0)
    expect(after?.session.id).not.toBe(before?.session.id)
    expect(after?.view.startTime).toBe(1_700_000_100_000)
  })

  test.for<[string, Acts]>([
    ['the page names its view at once', [[100_000, (_page, crum) => crum.setViewId('login')]]],
    [
      'it is hidden again in the same task',
      [
        [100_000, (page) => page.hide()],
        [101_000, (page) => page.show()],
      ],
    ],
  ])('begins the new session with the first beacon, also where %s', ([, more]) => {
    const { payloads } = collecting([...acts, ...more, [102_000, event('again')]], 110_000)
    const sessionsOf: Record<string, Set<string>> = {}
    for (const { session, view } of payloads) {
      sessionsOf[view.startTime] ??= new Set()
      sessionsOf[view.startTime]?.add(session.id)
    }
    const sessions = Object.values(sessionsOf).map((ids) => [...ids])

    expect(sessions.map(({ length }) => length)).toEqual([1, 1])
    expect(sessions[0]).not.toEqual(sessions[1])
  })

  test('keeps only the listeners that hear of a return', () => {
    expect(collecting(acts, 70_000).open.running).toBeLessThan(5)
  })

  test('does not tell again what was told before it', () => {
    const early = collecting([[100, mark('early')], ...acts], 110_000)

    expect(early.payloads.flatMap(({ view }) => view.marks ?? [])).toHaveLength(1)
  })

  test('keeps the session that another tab has kept alive', () => {
    const other: Acts[number] = [
      90_000,
      ({ localStorage }) => {
        const session = JSON.parse(localStorage.getItem('CRUM') as string)
        localStorage.setItem('CRUM', JSON.stringify({ ...session, lastLoop: session.lastLoop + 80_000 }))
      },
    ]
    const { payloads } = collecting([...acts, other], 110_000)

    expect(new Set(payloads.map(({ session }) => session.id)).size).toBe(1)
  })
})

describe('a return from the back/forward cache', () => {
  const acts: Acts = [
    [6000, (page) => page.leave()],
    [9000, (page) => page.restore()],
    [9500, event('again')],
  ]

  test('begins a new view, numbered from 0', () => {
    const { sent } = collecting(acts, 15_000)
    const again = sent.filter(({ at }) => at > 9000)

    expect(again.map(({ at }) => at)).toEqual([14_000])
    expect(again[0]?.payload.beacon.seq).toBe(0)
    expect(again[0]?.payload.view).toMatchObject({ startTime: 1_700_000_009_000, visibility: 'visible' })
    expect(sent[0]?.payload.beacon.id).not.toBe(again[0]?.payload.beacon.id)
  })

  test('keeps the session, which has not been silent for long', () => {
    const { payloads } = collecting(acts, 15_000)

    expect(new Set(payloads.map(({ session }) => session.id)).size).toBe(1)
  })
})

describe('a part that fails', () => {
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

  const endless: { self?: unknown } = {}
  endless.self = endless
  test.for<[string, unknown]>([
    ['no readings', { fcp: 1 }],
    ['readings that have no JSON', { field: 'metrics', value: { fcp: 1n } }],
    ['readings without an end', { field: 'metrics', value: endless }],
  ])('ends alone, as a source of %s', ([, bad]) => {
    const { payloads, steps } = collecting([], 6000, { sources: [of(bad) as never, good] })

    expect(payloads[0]?.metrics).toEqual({ fcp: 1 })
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'source 0' }))
  })

  test('ends alone, as a sink of what are no deliveries', () => {
    const sent: Sent[] = []
    const bad: Sink = (payload$) => payload$.pipe(map(() => undefined as never))
    const { steps } = collecting([], 12_000, { ...loud, sinks: [bad, keeping(sent)] })

    expect(sent.map(({ at }) => at)).toEqual(expect.arrayContaining([5300, 10_300]))
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'sink' }))
  })

  test.for<[string, Sink]>([
    [
      'at its start',
      () => {
        throw new Error('broken')
      },
    ],
    [
      'later',
      (payload$) =>
        payload$.pipe(
          map(() => {
            throw new Error('broken')
          }),
        ),
    ],
  ])('ends alone, as a sink, %s', ([, bad]) => {
    const sent: Sent[] = []
    const { steps } = collecting([], 12_000, { ...loud, sinks: [bad, keeping(sent)] })

    expect(sent.map(({ at }) => at)).toEqual(expect.arrayContaining([5300, 10_300]))
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'sink', message: 'Error: broken' }))
  })
})

describe('collect', () => {
  test('takes sources and sinks of one’s own, and complains of neither', () => {
    const own = of({ name: 'own', detail: null, startTime: 0 }).pipe(into('view.marks[]'))
    const { payloads, page } = collecting([], 6000, { sources: [own] })

    expect(payloads[0]?.view.marks).toEqual([{ name: 'own', detail: null, startTime: 0 }])
    expect(page.logged).toEqual([])
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

  test('names the view, and adds labels, from then on', () => {
    const acts: Acts = [
      [
        5400,
        (_page, crum) => {
          crum.setViewId('checkout')
          crum.addToLabels('b=2')
          crum.addToLabels('a=1')
        },
      ],
    ]
    const { payloads } = collecting(acts, 11_000, { labels: 'a=1' })

    expect(payloads.map(({ view, attributes }) => [view.id, attributes.labels])).toEqual([
      ['/', ['a=1']],
      ['checkout', ['a=1', 'b=2']],
    ])
  })

  test('records events with any context', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const contexts = [undefined, null, 0, { sku: 'a' }, hostile]
    const acts: Acts = contexts.map((context, at) => [1000 + at, (_page, crum) => crum.addEvent('e', context)])
    const { payloads } = collecting(acts, 6000)

    expect(payloads[0]?.view.events?.map(({ e }) => e)).toEqual([{}, null, 0, { sku: 'a' }, '[unreadable]'])
  })

  test.for(['', 'timeStamp', undefined, 5, Symbol('x'), {}])(
    'names the event name that it can not take: %o',
    (name) => {
      const { payloads, page, steps } = collecting([[1000, (_page, crum) => crum.addEvent(name as string)]], 6000)

      expect(payloads[0]?.view.events).toBeUndefined()
      expect(page.logged).toEqual([{ method: 'error', args: [expect.stringContaining('addEvent')] }])
      expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'addEvent' }))
    },
  )

  test('switches off what the settings switch off', () => {
    const off = { trackResources: false, trackHeroes: false, trackErrors: false, trackConsole: false }
    const acts: Acts = [
      [
        1000,
        (page) => {
          page.emit('resource', resources(3))
          page.console.warn('a')
          page.fire('error', { message: 'a' })
        },
      ],
      [1001, mark('a')],
    ]
    const { payloads } = collecting(acts, 6000, off)

    for (const field of ['resources', 'resourceTypes', 'marks', 'errors', 'console']) {
      expect(payloads[0]?.view).not.toHaveProperty(field)
    }
  })
})

describe('what the owner and the visitor decide', () => {
  test('sends nothing before consent, and then all that waited', () => {
    const acts: Acts = [
      [1000, event('early')],
      [20_000, (_page, crum) => crum.consent(true)],
    ]
    const { times, payloads } = collecting(acts, 26_000, { consent: 'pending' })

    expect(times).toEqual(['25000 sample'])
    expect(payloads[0]?.view.events).toHaveLength(1)
  })

  test.for<[string, Acts]>([
    ['is refused', [[6000, (_page, crum) => crum.consent(false)]]],
    ['is never given, and the collector stops', []],
    ['is never given, and the page is left', [[6000, (page) => page.leave()]]],
    ['is never given, and the page is hidden for long', [[6000, (page) => page.hide()]]],
  ])('sends and stores nothing where consent %s', ([, acts]) => {
    const { times, page } = collecting([[1000, event('early')], ...acts], 80_000, { consent: 'pending' })

    expect(times).toEqual([])
    expect(page.localStorage.getItem('CRUM')).toBeNull()
  })

  test('stops and forgets when consent is withdrawn', () => {
    const { times, page, open } = collecting([[6000, (_page, crum) => crum.consent(false)]], 20_000)

    expect(times).toEqual(['5300 sample'])
    expect(page.localStorage.getItem('CRUM')).toBeNull()
    expect(open.running).toBe(0)
  })

  test('does not start with Global Privacy Control, where that is respected', () => {
    const navigator = { globalPrivacyControl: true }

    expect(collecting([], 6000, { respectGpc: true }, { navigator }).times).toEqual([])
    expect(collecting([], 6000, {}, { navigator }).times).toHaveLength(1)
  })

  test('collects none or all of the sessions', () => {
    expect(collecting([], 6000, { sampleRate: 0 }).open.running).toBeLessThan(5)
    expect(collecting([], 6000, { sampleRate: 0 }).times).toEqual([])
    expect(collecting([], 6000, { sampleRate: 1 }).times).toHaveLength(1)
  })

  test('observes nothing of a session that it does not collect, not even for a moment', () => {
    let isObserved = false
    const source = new Observable<never>(() => {
      isObserved = true
    })
    collecting([], 6000, { sampleRate: 0, sources: [source] })

    expect(isObserved).toBe(false)
  })

  test.for<[string, () => null]>([
    ['drops a payload', () => null],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ])('sends nothing where beforeSend %s', ([, beforeSend]) => {
    const { times, typesOf } = collecting([], 6000, { beforeSend })

    expect(times).toEqual([])
    expect(typesOf()).not.toContain('send')
  })

  test('keeps what was read before consent through a long absence', () => {
    const acts: Acts = [
      [1000, event('early')],
      [2000, (page) => page.hide()],
      [90_000, (page) => page.show()],
      [91_000, (_page, crum) => crum.consent(true)],
    ]
    const { payloads } = collecting(acts, 97_000, { consent: 'pending' })

    expect(payloads.flatMap(({ view }) => view.events ?? [])).toHaveLength(1)
  })

  test('puts what is read while held samples leave behind them, in one beacon each', () => {
    let asked = 0
    const asking: Source<Reading> = (_page, _since, _settings, { loop$ }) =>
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

  test('drops what beforeSend made no payload, and goes on', () => {
    const answers: unknown[] = [Promise.resolve(), {}, undefined]
    const beforeSend = (payload: Payload) =>
      answers.length && payload.beacon.reason === 'sample' ? (answers.shift() as Payload) : payload
    const { times, payloads } = collecting([], 22_000, { ...loud, beforeSend })

    expect(times).toEqual(['20300 sample', '22000 stop'])
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual([0, 1])
  })

  test('keeps what beforeSend changes out of later payloads', () => {
    const beforeSend = (payload: Payload) => {
      payload.attributes.labels.push('x=1')
      return payload
    }
    const { payloads } = collecting([], 16_000, { ...loud, beforeSend })

    expect(payloads.map(({ attributes }) => attributes.labels)).toEqual(Array(payloads.length).fill(['x=1']))
  })

  test('tells of maskUrl or of beforeSend, whichever throws', () => {
    const failing = (name: string) => {
      const fail = () => {
        throw new Error('no')
      }
      const { steps } = collecting([], 6000, { [name]: fail })
      return steps.filter(({ type }) => type === 'error').map(({ part, message }) => [part, message])
    }

    expect(failing('maskUrl')).toContainEqual(['maskUrl', 'payload dropped: Error: no'])
    expect(failing('beforeSend')).toContainEqual(['beforeSend', 'payload dropped: Error: no'])
  })

  test('tells with the next payload what was lost with one that beforeSend drops', () => {
    const flood: Acts[number][1] = (_page, crum) => {
      for (let at = 0; at < 1003; at++) crum.addEvent('a')
    }
    const answers = [null]
    const beforeSend = (payload: Payload) =>
      answers.length && payload.beacon.reason === 'sample' ? (answers.shift() as null) : payload
    const { payloads } = collecting([[1000, flood]], 12_000, { ...loud, beforeSend })

    expect(payloads.map(({ beacon }) => beacon.dropped).filter(Boolean)).toEqual([{ 'view.events[]': 3 }])
  })

  test('masks every URL that leaves', () => {
    const url = 'https://shop.test/?token=secret'
    const maskUrl = (url: string) => url.replace(/\?.*/, '')
    const { payloads } = collecting([[1000, (page) => page.console.warn(`at ${url}`)]], 6000, { maskUrl }, { url })

    expect(payloads).toHaveLength(1)
    expect(JSON.stringify(payloads)).not.toContain('secret')
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
    const page = fakePage()
    const crum = collect({
      page,
      sources: [
        merge(of(...Array(1000).fill(0)), NEVER).pipe(
          map(() => ({ fcp: 0 })),
          into('metrics'),
        ),
      ],
    })
    const { seen, unsubscribe } = watch(crum.debug$)
    unsubscribe()
    crum.stop()

    expect(seen).toHaveLength(200)
  })

  test('is counted from the beginning, however much happens then', () => {
    const crum = collect({
      page: fakePage(),
      sources: [
        of(...Array(300).fill(0)).pipe(
          map(() => ({ timeStamp: 0 })),
          into('view.events[]'),
        ),
      ],
    })
    crum.stop()

    expect(crum.status().sources['view.events[]']).toMatchObject({ readings: 300 })
    expect(crum.status().beacons.from).toBe(0)
  })

  test.for(['trackResources', 'trackHeroes', 'trackErrors', 'trackConsole'])(
    'knows for status() what %s switches off',
    (setting) => {
      const run = (options: Options) => {
        const off: string[] = []
        const { steps } = collecting([[500, (_page, crum) => off.push(...offIn(crum.status()))]], 600, options)
        return { off, silent: steps.filter(({ type }) => type === 'unsupported').map(({ part }) => part as string) }
      }
      const offIn = ({ sources }: Status) =>
        Object.entries(sources).flatMap(([field, { state }]) => (state === 'off' ? [field] : []))
      const usual = run({})
      const without = run({ [setting]: false })

      expect(usual.off).toEqual([])
      expect(without.off.length).toBeGreaterThan(0)
      expect(without.off.sort()).toEqual(without.silent.filter((part) => !usual.silent.includes(part)).sort())
    },
  )

  test('is printed with debug=1, and sends', () => {
    const { page, times } = collecting([], 6000, {}, { url: 'https://shop.test/?debug=1' })

    expect(times).toHaveLength(1)
    expect(page.logged.map(({ args }) => args[0])).toContainEqual(expect.stringMatching(/^%ccrum send/))
  })

  test('is printed with debug=dry, which sends nothing', () => {
    const { page, times } = collecting(
      [[8000, (page) => page.leave()]],
      9000,
      {},
      { url: 'https://shop.test/?a=1&debug=dry' },
    )

    expect([times, page.requests]).toEqual([[], []])
    expect(page.logged.map(({ args }) => args[0])).toContainEqual(expect.stringMatching(/^%ccrum send/))
  })

  test('leaves the console alone otherwise', () => {
    expect(collecting([], 6000, {}, { url: 'https://shop.test/?debug=10' }).page.logged).toEqual([])
  })
})

describe('defaultSources', () => {
  test('are plain observables of readings, for any use', () => {
    const page = fakePage({ navigation: new FakeTarget() })
    const { seen, unsubscribe } = watch(
      merge(...defaultSources().map((source) => source(page, 0, settingsWith(), callsWith()))),
    )
    page.emit('longtask', [{ name: 'self', duration: 60 }])
    unsubscribe()

    expect(seen).toContainEqual({ field: 'view.longTasks[]', value: { name: 'self', startTime: 0, duration: 60 } })
    expect(seen).toContainEqual({ field: 'view', value: { visibility: 'visible' } })
    expect(page.open()).toBe(0)
  })

  test('take nothing from the page before somebody subscribes', () => {
    const page = fakePage()
    const started = defaultSources().map((source) => source(page, 0, settingsWith(), callsWith()))

    expect(started.length).toBeGreaterThan(10)
    expect(page.open()).toBe(0)
  })
})
