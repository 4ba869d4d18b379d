import { describe, expect, it } from 'vitest'
import { happenings } from '../../../../demo/inspector/page/happenings.ts'
import { viewModel } from '../../../../demo/inspector/page/viewModel.ts'
import { stored } from '../stored.ts'

const mark = (startTime: number) => ({ name: `HE-${startTime}`, detail: null, startTime })

describe('the model of a view', () => {
  it('puts lists together in the order of their times, whatever order the beacons came in', () => {
    const model = viewModel([
      stored({ seq: 1, at: 1200, view: { marks: [mark(30)], fps: [{ timeStamp: 50, fps: 9 }] } }),
      stored({ seq: 0, at: 1300, view: { marks: [mark(10), mark(40)], fps: [{ timeStamp: 20, fps: 60 }] } }),
    ])
    expect(model.beacons.map(({ payload }) => payload.beacon.seq)).toEqual([0, 1])
    expect(model.happenings.filter(({ kind }) => kind === 'mark').map(({ time }) => time)).toEqual([10, 30, 40])
    expect(model.fps.map(({ fps }) => fps)).toEqual([60, 9])
  })

  it('lets the later metric stand, and keeps the attribution of each vital', () => {
    const { metrics } = viewModel([
      stored({
        seq: 1,
        metrics: { cls: 0.2, attribution: { cls: { target: 'b' } }, softNavigations: { 7: soft({ lcp: 9 }) } },
      }),
      stored({
        seq: 0,
        metrics: {
          ...{ cls: 0.1, lcp: 900, attribution: { lcp: { target: 'img' }, cls: { target: 'a' } } },
          softNavigations: { 7: soft({ cls: 0 }), 8: soft({}) },
        },
      }),
    ])
    expect(metrics).toMatchObject({ cls: 0.2, lcp: 900, attribution: { lcp: { target: 'img' }, cls: { target: 'b' } } })
    expect(metrics.softNavigations).toEqual({ 7: soft({ cls: 0, lcp: 9 }), 8: soft({}) })
  })

  it('counts what was dropped by its cause, and keeps every name of the view', () => {
    const model = viewModel([
      stored({ seq: 0, page: '/a', beacon: { dropped: { full: 2 } } }),
      stored({ seq: 1, page: '/b', beacon: { dropped: { full: 1, old: 5 } } }),
    ])
    expect([model.dropped, model.names]).toEqual([{ full: 3, old: 5 }, ['/a', '/b']])
  })

  it('spans from the first to the last moment that something is known of', () => {
    const { extent } = viewModel([
      stored({ at: 800, view: { longTasks: [{ name: 'self', startTime: 90, duration: 60 }] } }),
    ])
    expect(extent).toEqual([0, 150])
    expect(viewModel([]).extent).toEqual([0, 0])
  })
})

describe('what happened', () => {
  const titles = (...beacons: Parameters<typeof stored>[0][]) =>
    happenings(beacons.map((told) => stored(told))).map(({ kind, time, title }) => [kind, time, title])

  it('has a line for each reading with a time', () => {
    const view = {
      longTasks: [{ name: 'self', startTime: 1, duration: 60 }],
      actions: [{ pointerType: '', type: 'click', target: 'a>b', timeStamp: 2, name: 'buy' }],
      events: [{ timeStamp: 3, bought: { n: 1 } }],
      console: [{ type: 'error' as const, timeStamp: 4, value: { 0: 'no', 1: { a: 1 } } }],
      errors: [
        {
          type: 'error' as const,
          message: 'x',
          stack: '',
          source: 'https://a.b/c/d.js',
          line: 7,
          column: 1,
          timeStamp: 5,
        },
      ],
    }
    expect(titles({ at: 706, view: { ...view, href: 'h' } })).toEqual([
      ['route', 0, '/ h'],
      ['longTask', 1, '60 ms, self'],
      ['action', 2, 'buy on a>b'],
      ['event', 3, 'bought {"n":1}'],
      ['console', 4, 'error: no {"a":1}'],
      ['error', 5, 'x, d.js:7'],
      ['beacon', 6, '#0 sample, 100 B'],
    ])
  })

  it('tells of a route where it is first heard of', () => {
    const found = titles(
      { seq: 0, at: 800, view: { href: '/a' } },
      { seq: 1, at: 900, view: { href: '/a' } },
      { seq: 2, at: 1000, view: { href: '/b', marks: [mark(250)] } },
    )
    expect(found.filter(([kind]) => kind === 'route')).toEqual([
      ['route', 0, '/ /a'],
      ['route', 250, '/ /b'],
    ])
  })

  it('leaves out when the beacons of a page that came back arrived: its clock has another zero', () => {
    const found = titles(
      { at: 900, metrics: { navigationType: 'back-forward-cache' }, view: { href: '/a' } },
      { seq: 1, at: 5000, view: { href: '/a', marks: [mark(9000)] } },
      { seq: 2, at: 8000, view: { href: '/b', marks: [mark(11_000)] } },
      { seq: 3, at: 8100, view: { href: '/c' } },
    )
    expect(found.map(([kind, time]) => [kind, time])).toEqual([
      ['route', 9000],
      ['mark', 9000],
      ['route', 11_000],
      ['mark', 11_000],
      ['route', 11_000],
    ])
  })

  it('knows a view after a long absence by what it tells: nothing happens after its beacon has come', () => {
    const view = { startTime: 600_000, href: '/a' }
    const found = titles(
      { at: 603_000, view: { ...view, fps: [{ timeStamp: 600_400, fps: 60 }] } },
      { seq: 1, at: 605_000, view: { ...view, marks: [mark(604_000)] } },
      { seq: 2, at: 700_000, view },
    )
    expect(found.map(([kind, time]) => [kind, time])).toEqual([
      ['route', 604_000],
      ['mark', 604_000],
    ])
  })

  it('leaves the beacons where they are though the visitor’s clock is somewhat ahead', () => {
    const view = { marks: [mark(300)] }
    expect(titles({ at: 900, view }).map(([kind]) => kind)).toEqual(['route', 'beacon', 'mark'])
  })

  it('names the device of an action only where the browser tells', () => {
    const actions = ['mouse', ''].map((pointerType, timeStamp) => ({
      ...{ pointerType, type: 'click', target: 'button', timeStamp, name: 'buy' },
    }))
    const found = titles({ at: 900, view: { actions } }).filter(([kind]) => kind === 'action')
    expect(found.map(([, , title]) => title)).toEqual(['buy, mouse on button', 'buy on button'])
  })

  it('has a key for each that stays when others come before it', () => {
    const [late, early] = [1, 0].map((seq) => stored({ seq, view: { marks: [mark(seq * 10), mark(seq * 10 + 1)] } }))
    const keysOf = (...beacons: (typeof late)[]) => happenings(beacons as never[]).map(({ key }) => key)
    const all = keysOf(early, late)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual(expect.arrayContaining(keysOf(late).filter((key) => !key.includes('route'))))
  })

  it('leaves out what has no time', () => {
    const events = [{ timeStamp: undefined, a: 1 } as never]
    expect(titles({ at: 900, view: { events } }).map(([kind]) => kind)).toEqual(['route', 'beacon'])
  })
})

const soft = (more: object) => ({ url: '/r', startTime: 5, ...more })
