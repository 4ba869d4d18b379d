import { finalize, ignoreElements, map, timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Delivery, Payload, Reading, Scope, Sealed, Sink } from '../src/index'
import { type Acts, collecting, event, keeping, loud, resources, type Sent } from './helpers/collecting'
import type { Overrides } from './helpers/page'

/** A sink that does this with what it can ask of its collector, and takes no payload. */
const asking =
  (ask: (scope: Scope) => void): Sink =>
  (payload$, scope) => {
    ask(scope)
    return payload$.pipe(ignoreElements())
  }

/** A sink that has this outcome for each payload. */
const answering =
  (outcome: (payload: Payload) => Delivery): Sink =>
  (payload$) =>
    payload$.pipe(map(outcome))

describe('what becomes of a payload', () => {
  test('is noted as its sink tells it', () => {
    const retry = answering(({ beacon: { id } }) => ({ type: 'retry', id, retryIn: 5 }))
    const { steps, payloads } = collecting([], 6000, { sinks: [retry] })
    const [send] = steps.filter(({ type }) => type === 'send')

    expect(payloads).toEqual([])
    expect(steps.filter(({ type }) => type === 'retry')).toEqual([
      { type: 'retry', timeStamp: 5300, id: send?.id, retryIn: 5 },
    ])
  })

  test('is an error in the console as well, where the sink gives up', () => {
    const error = answering(() => ({ type: 'error', part: 'beacon', message: 'barred' }))
    const { steps, page } = collecting([], 6000, { sinks: [error] })

    expect(page.logged).toEqual([{ method: 'error', args: ['crum: beacon barred'] }])
    expect(steps).toContainEqual({ type: 'error', timeStamp: 5300, part: 'beacon', message: 'barred' })
  })

  test('is counted in the next one, where it is dropped', () => {
    const sent: Sent[] = []
    const dropping = answering(({ beacon: { id, seq } }) => ({ type: seq ? 'sent' : 'drop', id, cause: 'full' }))
    collecting([], 16_000, { ...loud, sinks: [dropping, keeping(sent)] })

    expect(sent.map(({ payload }) => payload.beacon.dropped)).toEqual([undefined, { full: 1 }, undefined, undefined])
  })
})

describe('what a payload was to tell of others that were dropped', () => {
  test('is told by the next one where it is dropped itself', () => {
    const sent: Sent[] = []
    const dropping = answering(({ beacon: { id, seq, dropped } }) =>
      seq < 3 ? { type: 'drop', id, cause: '403', dropped } : { type: 'sent', id },
    )
    collecting([], 31_000, { ...loud, sinks: [dropping, keeping(sent)] })

    expect(sent.map(({ payload }) => payload.beacon.dropped)).toEqual([
      undefined,
      { 403: 1 },
      { 403: 2 },
      { 403: 3 },
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('a sink', () => {
  test.for<[string, Acts, Overrides, number]>([
    ['the page is calm', [], {}, 200],
    ['something may leave, if that is before', [[50, (page) => page.finishLoading()]], {}, 50],
    ['the page is left', [[60, (page) => page.leave()]], {}, 60],
    ['the collector is stopped', [[70, (_page, crum) => crum.stop()]], {}, 70],
    ['it is there, if the page has loaded', [], { document: { readyState: 'complete' } }, 0],
  ])('is begun as soon as %s', ([, acts, overrides, time]) => {
    const began: number[] = []
    const sink = asking(({ page }) => began.push(page.performance.now()))
    collecting(acts, 6000, { sinks: [sink] }, overrides)

    expect(began).toEqual([time])
  })

  test('gets no payload that is only looked at', () => {
    const [sent, pending]: [Sent[], Sealed[]] = [[], []]
    const looking: Sink = (payload$, scope) => {
      timer(1000).subscribe(() => scope.look())
      scope.pending$.subscribe((sealed) => pending.push(sealed))
      return keeping(sent)(payload$, scope)
    }
    collecting([[500, event('early')]], 6000, { sinks: [looking] })

    expect(pending.map(({ payload }) => payload?.beacon.reason)).toEqual(['recovered'])
    expect(pending[0]?.payload?.view.events).toEqual([{ early: {}, timeStamp: 500 }])
    expect(sent.map(({ at, payload }) => [at, payload.beacon.id])).toEqual([[5300, pending[0]?.id]])
  })

  test('hears of each reading that begins to wait, but of no resource entry', () => {
    const heard: Reading[] = []
    const acts: Acts = [
      [500, event('early')],
      [600, (page) => page.emit('resource', resources(3))],
    ]
    collecting(acts, 6000, { sinks: [asking(({ reading$ }) => reading$.subscribe((reading) => heard.push(reading)))] })

    expect(heard.map(({ field }) => field)).toEqual(expect.arrayContaining(['view.events[]', 'view.resourceTypes']))
    expect(heard.map(({ field }) => field)).not.toContain('view.resources[]')
  })

  test.for<[string, Acts, object, Overrides, number[]]>([
    ['at once', [], {}, {}, [200]],
    ['when the visitor has agreed', [[900, (_page, crum) => crum.consent(true)]], { consent: 'pending' }, {}, [900]],
    ['never where the visitor refuses', [[900, (_page, crum) => crum.consent(false)]], { consent: 'pending' }, {}, []],
    [
      'when a prerendered page is shown',
      [
        [
          800,
          (page) => {
            Object.assign(page.document, { prerendering: false })
            page.fire('prerenderingchange')
          },
        ],
      ],
      {},
      { document: { prerendering: true } },
      [800],
    ],
  ])('may store something %s', ([, acts, options, overrides, times]) => {
    const told: number[] = []
    const sink = asking(({ page, mayStore$ }) => mayStore$.subscribe(() => told.push(page.performance.now())))
    collecting(acts, 6000, { ...options, sinks: [sink] }, overrides)

    expect(told).toEqual(times)
  })

  test('gets the settings, and can keep notes for the next page of the visitor', () => {
    const known: unknown[] = []
    const sink = asking(({ settings, notes }) => {
      notes.remember('gzip', '/rum')
      known.push(settings.entriesRate, notes.recall('gzip'))
    })
    const { page } = collecting([], 6000, { entriesRate: 700, sinks: [sink] })

    expect(known).toEqual([700, '/rum'])
    expect(page.localStorage.getItem('CRUM gzip')).toBe('/rum')
  })

  test('is let go when the collector stops', () => {
    const life: string[] = []
    const sink: Sink = (payload$) => {
      life.push('begun')
      return payload$.pipe(
        ignoreElements(),
        finalize(() => life.push('gone')),
      )
    }
    collecting([[5999, () => void life.push('running')]], 6000, { sinks: [sink] })

    expect(life).toEqual(['begun', 'running', 'gone'])
  })
})

describe('a sink that fails', () => {
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
