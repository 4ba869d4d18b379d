import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beaconRows, rowKey } from '../../../../demo/inspector/page/beaconRows.ts'
import { happenings } from '../../../../demo/inspector/page/happenings.ts'
import { readPlace } from '../../../../demo/inspector/page/place.ts'
import { kindOf, pointedHappening, sectionOf } from '../../../../demo/inspector/page/pointing.ts'
import { Slices } from '../../../../demo/inspector/page/slices.ts'
import { treeRow, treeRowOf, treeSize } from '../../../../demo/inspector/page/treeRows.ts'
import { stored } from '../stored.ts'

describe('the rows of the tree', () => {
  it('are the sessions, the newest first, and below the open one its views, the newest first', () => {
    const open = { session: 1, views: 2 }
    expect(Array.from({ length: treeSize(3, open) }, (_, index) => treeRow(index, 3, open))).toEqual([
      { session: 2 },
      { session: 1 },
      { session: 1, position: 1 },
      { session: 1, position: 0 },
      { session: 0 },
    ])
  })

  it('are found where they are', () => {
    const tree = fc.integer({ min: 1, max: 50 }).chain((sessions) =>
      fc.record({
        sessions: fc.constant(sessions),
        open: fc.option(fc.record({ session: fc.nat(sessions - 1), views: fc.nat(20) }), { nil: undefined }),
      }),
    )
    fc.assert(
      fc.property(tree, ({ sessions, open }) => {
        for (let index = 0; index < treeSize(sessions, open); index++)
          expect(treeRowOf(treeRow(index, sessions, open), sessions, open)).toBe(index)
      }),
    )
  })

  it('lack the views of a session that is not open', () => {
    expect(treeRowOf({ session: 0, position: 0 }, 3, { session: 1, views: 2 })).toBe(-1)
  })
})

describe('the rows of the beacons', () => {
  const rowsOf = (...seqs: number[]) =>
    beaconRows(seqs.map((seq) => stored({ seq }))).map((row) =>
      'missing' in row ? row.missing : row.beacon.payload.beacon.seq,
    )

  it('have a line for every gap, also before the first', () => {
    expect(rowsOf(1, 2, 5, 6)).toEqual([[0, 0], 1, 2, [3, 4], 5, 6])
    expect(rowsOf(0, 1)).toEqual([0, 1])
  })

  it('have keys of their own, also those of two parts with one number', () => {
    const rows = beaconRows([stored({ seq: 1 }), stored({ seq: 1, beacon: { id: 'k-1.7' } }), stored({ seq: 3 })])
    expect(rows.map(rowKey)).toEqual(['missing 0', 'k-1', 'k-1.7', 'missing 2', 'k-3'])
  })

  it('say the lane and what is inside; a recovered one is in the lane of its content', () => {
    const resources = [{}] as never
    const rows = beaconRows([
      stored({
        seq: 0,
        metrics: { lcp: 1, cls: 0, navigationType: 'reload' },
        view: { fps: [{ timeStamp: 1, fps: 1 }] },
      }),
      stored({ seq: 1, beacon: { reason: 'entries' }, view: { resources } }),
      stored({ seq: 2, beacon: { reason: 'recovered' }, view: { resources } }),
      stored({ seq: 3 }),
    ])
    expect(rows.map((row) => 'lane' in row && [row.lane, row.inside])).toEqual([
      ['samples', '1 fps, lcp, cls'],
      ['entries', '1 resource'],
      ['entries', '1 resource'],
      ['samples', 'identity only'],
    ])
  })
})

describe('the address', () => {
  it.each([
    ['', { tab: 'views' }],
    ['#pages', { tab: 'pages' }],
    ['#view=12', { tab: 'views', view: 12 }],
    ['#view=12x', { tab: 'views' }],
    ['#beacon=a-1&field=view.errors', { tab: 'views', beacon: 'a-1', field: 'view.errors' }],
  ])('%s is read', (hash, place) => {
    expect(readPlace(hash)).toEqual(place)
  })

  it.each([
    ['metrics.inp', 'vitals', undefined],
    ['view.resources', 'resources', undefined],
    ['view.console', 'timeline', 'console'],
    ['view.fps', 'timeline', undefined],
    ['attributes.labels', 'view', undefined],
    ['view.toString', 'view', undefined],
  ])('points for %s at the section %s', (field, section, kind) => {
    expect([sectionOf(field), kindOf(field)]).toEqual([section, kind])
  })
})

describe('a link to a beacon', () => {
  const error = (timeStamp: number) => ({
    ...{ type: 'error' as const, message: `${timeStamp}`, stack: '', source: '', line: 1, column: 1, timeStamp },
  })
  const all = happenings([
    stored({ seq: 0, view: { errors: [error(1), error(2)] } }),
    stored({ seq: 1, view: { errors: [error(3)] } }),
    stored({ seq: 2 }),
    stored({ seq: 2, beacon: { id: 'k-2.7' }, view: { errors: [error(4)] } }),
    stored({ seq: 20, view: { errors: [error(5)] } }),
  ])

  it.each([
    ['k-0', 'view.errors', 2],
    ['k-1', 'view.errors', 3],
    ['k-2', 'view.errors', 4],
    ['k-9', 'view.errors', 5],
    ['k-0', 'view.marks', undefined],
    ['k-0', undefined, undefined],
  ])('%s points for %s at the last that it tells of', (id, field, time) => {
    expect(pointedHappening(all, id, field)?.time).toBe(time)
  })
})

describe('slices', () => {
  it('are asked for once, when looked at, and told of when they are here', async () => {
    const asked: number[] = []
    let arrivals = 0
    const slices = new Slices(
      async (from, to) => {
        asked.push(from)
        return Array.from({ length: to - from }, (_, n) => from + n)
      },
      () => arrivals++,
    )
    expect([slices.at(5), slices.at(99), slices.at(205)]).toEqual([undefined, undefined, undefined])
    await expect.poll(() => arrivals).toBe(2)
    expect([slices.at(5), slices.at(99), slices.at(205), asked]).toEqual([5, 99, 205, [0, 200]])
  })

  it('forget what is still on its way when they are cleared', async () => {
    let answer: (items: string[]) => void = () => {}
    const slices = new Slices(
      () =>
        new Promise<string[]>((resolve) => {
          answer = resolve
        }),
      () => {},
    )
    slices.at(0)
    const old = answer
    slices.clear()
    slices.at(0)
    old(['old'])
    answer(['new'])
    await expect.poll(() => slices.at(0)).toBe('new')
  })

  it('keep what they have while it is fetched anew, and lose what is there no more', async () => {
    let answer: (items: string[]) => void = () => {}
    const slices = new Slices(
      () =>
        new Promise<string[]>((resolve) => {
          answer = resolve
        }),
      () => {},
    )
    slices.at(0)
    answer(['a', 'b'])
    await expect.poll(() => slices.at(1)).toBe('b')
    slices.refresh()
    expect([slices.at(0), slices.at(1)]).toEqual(['a', 'b'])
    answer(['c'])
    await expect.poll(() => slices.at(0)).toBe('c')
    expect(slices.at(1)).toBeUndefined()
    expect([slices.indexOf((item) => item === 'c'), slices.indexOf((item) => item === 'b')]).toEqual([0, -1])
  })

  it('are fetched once more where the answer was on its way when they were to be fetched anew', async () => {
    const answers: ((items: string[]) => void)[] = []
    const slices = new Slices(
      () => new Promise<string[]>((resolve) => answers.push(resolve)),
      () => slices.at(0),
    )
    slices.at(0)
    slices.refresh()
    answers[0]?.(['old'])
    await expect.poll(() => slices.at(0)).toBe('old')
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.(['new'])
    await expect.poll(() => slices.at(0)).toBe('new')
  })

  it('keep what they have when the receiver is away', async () => {
    let tries = 0
    const slices = new Slices(
      async () => {
        if (++tries === 2) throw new Error('away')
        return [tries]
      },
      () => {},
    )
    slices.at(0)
    await expect.poll(() => slices.at(0)).toBe(1)
    slices.refresh()
    expect(slices.at(0)).toBe(1)
    await expect.poll(() => slices.at(0)).toBe(3)
  })

  it('ask again after a failure, when they are looked at again', async () => {
    let tries = 0
    const slices = new Slices<string>(
      async () => {
        if (++tries === 1) throw new Error('away')
        return ['here']
      },
      () => {},
    )
    slices.at(0)
    await expect.poll(() => slices.at(0)).toBe('here')
    expect(tries).toBe(2)
  })
})
