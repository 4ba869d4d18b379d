import { ignoreElements, NEVER, Observable, tap } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { type Collector, collect, type Payload, type Reading, type Sink, type Source } from '../src/index'
import { type Acts, collecting, event, mark } from './helpers/collecting'
import { fakePage, fakeStorage } from './helpers/page'
import { watch } from './helpers/watch'

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

  test('sends what there is before the page has loaded', () => {
    const { times, payloads } = collecting([[50, event('early')]], 100)

    expect(times).toEqual(['100 stop'])
    expect(payloads[0]?.view.events).toEqual([{ early: {}, timeStamp: 50 }])
  })

  test('waits for no idle moment of the page', () => {
    const [requestIdleCallback, cancelIdleCallback] = [vi.fn(() => 7), vi.fn()]
    const page = fakePage({ requestIdleCallback, cancelIdleCallback })
    const crum = collect({ page, sinks: [], sources: [] })
    crum.stop()

    expect(requestIdleCallback).toHaveBeenCalledOnce()
    expect(cancelIdleCallback).toHaveBeenCalledExactlyOnceWith(7)
    expect(watch(crum.debug$).seen.at(-1)?.type).toBe('stop')
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
})

describe('a return from the back/forward cache', () => {
  const acts: Acts = [
    [6000, (page) => page.leave()],
    [9000, (page) => page.restore()],
    [9500, event('again')],
  ]

  test('goes on with the view that waits for consent, and loses nothing of it', () => {
    const early: Acts = [
      [1000, event('early')],
      ...acts,
      [10_000, (_page, crum) => crum.consent(true)],
      [16_000, (page) => page.leave()],
      [17_000, (page) => page.restore()],
      [17_500, event('later')],
    ]
    const { payloads } = collecting(early, 24_000, { consent: 'pending' })
    const told = payloads.flatMap(({ view: { startTime, events } }) =>
      (events ?? []).map((one) => [Object.keys(one)[0], startTime]),
    )

    expect(told).toEqual([
      ['early', 1_700_000_000_000],
      ['again', 1_700_000_000_000],
      ['later', 1_700_000_017_000],
    ])
  })

  test('begins a new view, numbered from 0', () => {
    const { sent } = collecting(acts, 15_000)
    const again = sent.filter(({ at }) => at > 9000)

    expect(again.map(({ at }) => at)).toEqual([14_000])
    expect(again[0]?.payload.beacon.seq).toBe(0)
    expect(again[0]?.payload.view).toMatchObject({ startTime: 1_700_000_009_000, visibility: 'visible' })
    // ids sort by the start of their views
    expect(sent[0]?.payload.beacon.id).toMatch(/^1700000000000-/)
    expect(again[0]?.payload.beacon.id).toMatch(/^1700000009000-/)
  })

  test('begins a new session where the visitor was away for longer than one lasts', () => {
    const acts: Acts = [
      [6000, (page) => page.leave()],
      [400_000, (page) => page.restore()],
    ]
    const { steps } = collecting(acts, 400_100, { stopCollectorAfter: 1000 })
    const sessions = steps.filter(({ type }) => type === 'session')

    expect(sessions.map(({ timeStamp }) => timeStamp)).toEqual([200, 400_000])
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(2)
  })

  test('keeps the session, which has not been silent for long', () => {
    const { payloads } = collecting(acts, 15_000)

    expect(new Set(payloads.map(({ session }) => session.id)).size).toBe(1)
  })
})

describe('a page that is hidden for long', () => {
  const acts: Acts = [
    [6000, (page) => page.hide()],
    [7000, event('soon')],
    [70_000, event('late')],
    [71_000, (_page, crum) => crum.addError(new Error('late'))],
  ]
  const eventsIn = ({ payloads }: ReturnType<typeof collecting>) =>
    payloads.flatMap(({ view }) => view.events ?? []).map(({ timeStamp, ...event }) => Object.keys(event)[0])

  const shown: Acts[number] = [80_000, (page) => page.show()]
  const viewsIn = ({ payloads }: ReturnType<typeof collecting>) => [
    ...new Set(payloads.map(({ view }) => view.startTime - 1_700_000_000_000)),
  ]

  test('loses nothing that the page reports in the meantime: a view begins with it', () => {
    const collected = collecting(acts, 90_000)
    const last = collected.sent.at(-1)

    expect(eventsIn(collected)).toEqual(['soon', 'late'])
    expect(last?.at).toBe(75_000)
    expect(last?.payload).toMatchObject({
      session: { id: collected.payloads[0]?.session.id },
      view: { events: [{ timeStamp: 70_000 }], errors: [{ message: 'late', timeStamp: 71_000 }] },
    })
    expect(viewsIn(collected)).toEqual([0, 70_000])
  })

  test('begins one such view, which ends when the visitor returns: that is another one, in a new session', () => {
    const more: Acts = [
      [75_000, event('later')],
      [200_000, event('last')],
      [201_000, (page) => page.show()],
      [202_000, event('again')],
    ]
    const collected = collecting([...acts, ...more], 310_000)
    const sessionOf = (name: string) =>
      collected.payloads.find(({ view }) => view.events?.some((event) => name in event))?.session.id

    expect(eventsIn(collected)).toEqual(['soon', 'late', 'later', 'last', 'again'])
    expect(viewsIn(collected)).toEqual([0, 70_000, 201_000])
    expect([sessionOf('late'), sessionOf('last')]).toEqual([sessionOf('soon'), sessionOf('soon')])
    expect(sessionOf('again')).not.toBe(sessionOf('soon'))
  })

  test('begins one such view in each long absence', () => {
    const away: Acts = [
      [100_000, (page) => page.hide()],
      [165_000, event('away')],
      [200_000, (page) => page.show()],
      [201_000, event('again')],
    ]
    const collected = collecting([...acts, shown, ...away], 210_000)

    expect(eventsIn(collected)).toEqual(['soon', 'late', 'away', 'again'])
    expect(viewsIn(collected)).toEqual([0, 70_000, 80_000, 165_000, 200_000])
  })

  test.for<[string, Acts[number][1], string]>([
    ['is left', (page) => page.leave(), 'hidden'],
    ['stops the collector', (_page, crum) => crum.stop(), 'stop'],
  ])('tells what it has just reported when it %s', ([, end, reason]) => {
    const collected = collecting([...acts, [72_000, end], [73_000, event('later')]], 74_000)

    expect(eventsIn(collected).slice(0, 2)).toEqual(['soon', 'late'])
    expect(collected.sent.find(({ payload }) => payload.view.errors)).toMatchObject({
      at: 72_000,
      payload: { beacon: { reason } },
    })
  })

  test('begins none by what is no word of the page itself, nor once the collector has stopped', () => {
    const quiet = collecting([...acts.slice(0, 2), [70_000, (page) => page.console.warn('late')]], 90_000)
    const stopped = collecting([...acts.slice(0, 2), [69_000, (_page, crum) => crum.stop()], ...acts.slice(2)], 90_000)

    expect([viewsIn(quiet), viewsIn(stopped)]).toEqual([[0], [0]])
  })

  test('begins none for what the client causes itself', () => {
    const crums: Collector[] = []
    const beforeSend = (payload: Payload) => {
      if (payload.beacon.reason === 'stop') crums[0]?.addEvent('echo')
      return payload
    }
    const collected = collecting(
      [[5000, (_page, crum) => crums.push(crum)], acts[0] as Acts[number], [65_999, event('soon')]],
      90_000,
      { beforeSend },
    )

    expect(collected.payloads.at(-1)?.beacon.reason).toBe('stop')
    expect([eventsIn(collected), viewsIn(collected)]).toEqual([['soon'], [0]])
  })

  test('begins none in a session that is not collected, and draws the next when the visitor returns', () => {
    const drawn = [15]
    const crypto = { getRandomValues: (values: Uint8Array) => values.fill(drawn.shift() ?? 0) }
    const again: Acts = [shown, [81_000, event('again')]]
    const collected = collecting([...acts, ...again], 90_000, { sampleRate: 0.5 }, { crypto })

    expect([eventsIn(collected), viewsIn(collected)]).toEqual([['again'], [80_000]])
  })

  test('counts what it has no room for', () => {
    const many: Acts = [
      [70_000, (_page, crum) => Array.from({ length: 1002 }, (_, at) => crum.addEvent(`event ${at}`))],
    ]
    const { payloads } = collecting([...acts.slice(0, 1), ...many], 90_000)

    expect(payloads.flatMap(({ view }) => view.events ?? [])).toHaveLength(1000)
    expect(payloads.map(({ beacon }) => beacon.dropped).filter(Boolean)).toEqual([{ 'view.events[]': 2 }])
  })
})

describe('consent', () => {
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
})

describe('the sessions that are collected', () => {
  test('does not start with Global Privacy Control, where that is respected', () => {
    const navigator = { globalPrivacyControl: true }
    const optedOut = collecting([], 6000, { respectGpc: true }, { navigator })

    expect([optedOut.times, optedOut.open.running]).toEqual([[], 0])
    expect(collecting([], 6000, {}, { navigator }).times).toHaveLength(1)
  })

  test('forgets with Global Privacy Control what earlier pages have stored', () => {
    const items = new Map([['CRUM', '{}']])
    const deleteDatabase = vi.fn()
    const forget: Sink = Object.assign<Sink, Partial<Sink>>(() => NEVER, { forget: deleteDatabase })
    const navigator = { globalPrivacyControl: true }
    const overrides = { navigator, localStorage: fakeStorage(items) }
    collecting([], 6000, { respectGpc: true, sinks: [forget] }, overrides)

    expect(items.size).toBe(0)
    expect(deleteDatabase).toHaveBeenCalledOnce()
    collecting([], 6000, { sinks: [forget] }, overrides)
    expect(deleteDatabase).toHaveBeenCalledOnce()
  })

  test('collects none or all of the sessions', () => {
    expect(collecting([], 6000, { sampleRate: 0 }).open.running).toBeLessThan(8)
    expect(collecting([], 6000, { sampleRate: 0 }).times).toEqual([])
    expect(collecting([], 6000, { sampleRate: 1 }).times).toHaveLength(1)
  })

  test('sends nothing any more once another tab has begun a session that it does not collect', () => {
    const session = (id: string) => JSON.stringify({ id, startTime: 1, lastLoop: 1, duration: 0 })
    const localStorage = fakeStorage(new Map([['CRUM', session('00000000-first')]]))
    const acts: Acts = [
      [6000, () => localStorage.setItem('CRUM', session('ffffffff-other'))],
      [7000, event('unseen')],
    ]
    const { times, payloads } = collecting(acts, 30_000, { sampleRate: 0.5 }, { localStorage })

    expect(times).toEqual(['5300 sample'])
    expect(payloads[0]?.session.id).toBe('00000000-first')
  })

  test('observes nothing of a session that it does not collect, not even for a moment', () => {
    let isObserved = false
    const source = new Observable<never>(() => {
      isObserved = true
    })
    collecting([], 6000, { sampleRate: 0, sources: [source] })

    expect(isObserved).toBe(false)
  })
})

describe('a session of a visible page', () => {
  const sessionsIn = ({ payloads }: ReturnType<typeof collecting>) => new Set(payloads.map(({ session }) => session.id))

  test('goes on where samples last longer than a session without a visitor', () => {
    const given = { samplingRate: 1500, newSessionAfter: 1 }
    const loud = collecting([], 20_000, { ...given, savingMode: false })

    expect(loud.payloads.length).toBeGreaterThan(10)
    expect(sessionsIn(loud).size).toBe(1)
    // an idle page has nothing to tell
    expect(collecting([], 20_000, given).payloads).toHaveLength(1)
  })

  test('is over after an absence, which begins when the page is hidden', () => {
    const absent = (until: number): Acts => [
      [100_000, (page) => page.hide()],
      [until, (page) => page.show()],
    ]
    const given = { samplingRate: 400_000, stopCollectorAfter: 1000, savingMode: false }

    expect(sessionsIn(collecting(absent(399_000), 900_000, given)).size).toBe(1)
    expect(sessionsIn(collecting(absent(401_000), 900_000, given)).size).toBe(2)
  })
})

describe('a session that is not collected, of a page that lives on,', () => {
  const [yes, no] = [0, 15]
  /** What is drawn, one after the other: a session, and the key of each view of it that is observed. */
  const crypto = (...drawn: number[]) => ({
    getRandomValues: (values: Uint8Array) => values.fill(drawn.shift() ?? no),
  })
  const idsIn = ({ payloads }: ReturnType<typeof collecting>) => [
    ...new Set(payloads.map(({ session }) => session.id.slice(0, 8))),
  ]
  const half = { sampleRate: 0.5 }

  test('is drawn anew when the visitor returns after a long absence', () => {
    const acts: Acts = [
      [6000, (page) => page.hide()],
      [100_000, (page) => page.show()],
      [101_000, event('again')],
    ]
    const drawn = collecting(acts, 110_000, half, { crypto: crypto(no, yes) })

    expect(idsIn(drawn)).toEqual(['00000000'])
    expect(drawn.sent.at(-1)).toMatchObject({ at: 105_000, payload: { beacon: { seq: 0 } } })
    expect(drawn.payloads[0]?.view.startTime).toBe(1_700_000_100_000)
    expect(collecting(acts, 110_000, half, { crypto: crypto(no, no, yes) }).payloads).toEqual([])
  })

  test('is drawn anew each time, and observed as long as one is drawn', () => {
    const absences = [10_000, 200_000, 400_000].flatMap(
      (at): Acts => [
        [at, (page) => page.hide()],
        [at + 100_000, (page) => page.show()],
        [at + 101_000, event(`after ${at}`)],
      ],
    )
    const drawn = collecting(absences, 520_000, half, { crypto: crypto(yes, yes, no, yes) })
    const events = drawn.payloads.flatMap(({ view }) => view.events ?? [])

    expect(events.flatMap((event) => Object.keys(event))).toEqual(['after 200000', 'timeStamp'])
  })

  test('is drawn anew where it is over before the absence counts as long', () => {
    const acts: Acts = [
      [6000, (page) => page.hide()],
      [50_000, (page) => page.show()],
      [51_000, event('again')],
    ]
    const given = { ...half, newSessionAfter: 30 }

    expect(idsIn(collecting(acts, 60_000, given, { crypto: crypto(no, yes) }))).toEqual(['00000000'])
    expect(collecting(acts, 60_000, half, { crypto: crypto(no, yes) }).payloads).toEqual([])
  })

  test('is drawn once where it is over, and the absence is long as well', () => {
    const acts: Acts = [
      [6000, (page) => page.hide()],
      [500_000, (page) => page.show()],
      [501_000, event('again')],
    ]

    expect(collecting(acts, 510_000, half, { crypto: crypto(no, no, yes) }).payloads).toEqual([])
  })

  test('is drawn anew where a page comes back from the back/forward cache, whose session is over', () => {
    const acts: Acts = [
      [6000, (page) => page.leave()],
      [400_000, (page) => page.restore()],
      [401_000, event('again')],
    ]
    const given = { ...half, stopCollectorAfter: 1000 }

    expect(idsIn(collecting(acts, 410_000, given, { crypto: crypto(no, yes) }))).toEqual(['00000000'])
    expect(idsIn(collecting(acts, 410_000, given, { crypto: crypto(yes, yes, no) }))).toEqual(['00000000'])
  })

  test.for<[string, Acts[number], object, object]>([
    ['the visitor agrees', [20_000, (_page, crum) => crum.consent(true)], { consent: 'pending' }, {}],
    [
      'a prerendered page is shown',
      [
        20_000,
        (page) => {
          Object.assign(page.document, { prerendering: false })
          page.fire('prerenderingchange')
        },
      ],
      {},
      { document: { prerendering: true } },
    ],
  ])('is stored as soon as %s, so that the next page does not draw another one', ([, act, given, overrides]) => {
    const before = collecting([], 19_000, { ...half, ...given }, { crypto: crypto(no), ...overrides })
    const { page, payloads } = collecting(
      [act],
      21_000,
      { ...half, ...given },
      { crypto: crypto(no, yes), ...overrides },
    )

    expect(before.page.localStorage.getItem('CRUM')).toBeNull()
    expect(JSON.parse(page.localStorage.getItem('CRUM') ?? 'null')).toMatchObject({
      id: expect.stringMatching(/^f{8}-/),
    })
    expect(payloads).toEqual([])
  })
})

describe('a page that becomes calm', () => {
  /** Tells when it hears that the page is calm. */
  const calmAt =
    (heard: number[]): Source<Reading> =>
    (page, { calm$ = NEVER } = {}) =>
      calm$.pipe(
        tap(() => heard.push(page.performance.now())),
        ignoreElements(),
      )
  const sessionsIn = ({ steps }: ReturnType<typeof collecting>) =>
    steps.filter(({ type }) => type === 'session').map(({ timeStamp }) => timeStamp)

  test('says so once, in an idle moment that the browser reports', () => {
    let report = () => {}
    const requestIdleCallback = (idle: () => void) => {
      report = idle
      return 1
    }
    const heard: number[] = []
    collecting([[70, () => report()]], 6000, { sources: [calmAt(heard)] }, { requestIdleCallback })

    expect(heard).toEqual([70])
  })

  test('is calm for its later views at once', () => {
    const heard: number[] = []
    const acts: Acts = [
      [6000, (page) => page.leave()],
      [9000, (page) => page.restore()],
    ]
    collecting(acts, 10_000, { sources: [calmAt(heard)] })

    expect(heard).toEqual([200, 9000])
  })

  test('is asked for its session then, in each view', () => {
    const acts: Acts = [
      [6000, (page) => page.leave()],
      [9000, (page) => page.restore()],
    ]

    expect(sessionsIn(collecting(acts, 10_000))).toEqual([200, 9000])
  })

  test('is asked for its session at once where that decides what is observed', () => {
    expect(sessionsIn(collecting([], 10_000, { sampleRate: 0 }))).toEqual([0])
  })
})

describe('a page that has loaded', () => {
  const loadsIn = ({ steps }: ReturnType<typeof collecting>) =>
    steps.filter(({ type }) => type === 'load').map(({ timeStamp }) => timeStamp)

  test('says so once, when something may leave', () => {
    expect(loadsIn(collecting([], 6000))).toEqual([300])
    const acts: Acts = [[1000, (_page, crum) => crum.consent(true)]]
    expect(loadsIn(collecting(acts, 6000, { consent: 'pending' }))).toEqual([1000])
  })

  test('says nothing where it is left before', () => {
    expect(loadsIn(collecting([[100, (page) => page.leave()]], 6000))).toEqual([])
  })
})
