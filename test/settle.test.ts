import { BehaviorSubject, of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import type { Reason } from '../src/payload/payload'
import { intoBatches, type Reading, unbatched } from '../src/payload/reading'
import type { Sample } from '../src/payload/sample'
import { noteReading, settle } from '../src/settle'
import type { Workings } from '../src/workings'
import { reading, sample } from './helpers/readings'
import { watch } from './helpers/watch'

const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 1 })
const entry = (name: string) => ({ field: 'view.resources[]', value: { name } }) as Reading

/** Readings with a late value: a whole one, and a batch of items, each made so. */
const late = (value: () => unknown) => ({ field: 'metrics', value: undefined, late: value }) as unknown as Reading
const batchOf = (names: string[], item: (name: string) => unknown = (name) => ({ name })) =>
  watch(of(names).pipe(intoBatches('view.resources[]', item as never))).seen[0] as Reading

/** What `settle` and `noteReading` need of a collector, whose debug stream somebody listens to, and what they did with it. */
const settling = (isObserved = true) => {
  const notes: object[] = []
  const note = (type: string, detail: object, large?: object) => notes.push({ type, ...detail, ...large })
  const limits = { release: vi.fn(), reset: vi.fn() }
  const loop$ = new BehaviorSubject(0)
  const loops = watch(loop$).seen
  const own = { note, limits, loop$, notesReadings: () => isObserved } as unknown as Workings
  return {
    ...{ notes, limits },
    close: (reason: Reason, readings: Reading[] = [], more: Partial<Sample> = {}) =>
      settle(own)({ ...sample(reason, readings), ...more }),
    tell: (one: Reading) => noteReading(own, one),
    /** How often a sampling loop has begun since. */
    loops: () => loops.length - 1,
  }
}

describe('settle', () => {
  test('notes that a sample leaves, why, and what is in it, each field once', () => {
    const { notes, close } = settling()
    close('route', [mark, reading('view.usedMemory', 5), mark])

    expect(notes).toEqual([{ type: 'sample', reason: 'route', news: 'view.marks[] view.usedMemory' }])
  })

  test('works out each late value once, and notes it before its sample leaves', () => {
    const value = vi.fn(() => ({ fcp: 5 }))
    const { notes, close } = settling()
    const readings = [mark, late(value)]
    expect(value).not.toHaveBeenCalled()

    close('recovered', readings, { isOpen: true })
    close('sample', readings)
    expect(value).toHaveBeenCalledOnce()
    expect(readings[1]).toMatchObject({ value: { fcp: 5 } })
    expect(notes).toEqual([
      { type: 'reading', field: 'metrics', cut: undefined, value: { fcp: 5 } },
      { type: 'sample', reason: 'sample', news: 'view.marks[] metrics' },
    ])
  })

  test('works out what has come since a sample was looked at', () => {
    const { notes, close } = settling()
    const readings = [late(() => ({ fcp: 1 }))]
    close('recovered', readings, { isOpen: true })
    readings.push(late(() => ({ lcp: 2 })))
    close('recovered', readings, { isOpen: true })

    expect(notes).toMatchObject([{ value: { fcp: 1 } }, { value: { lcp: 2 } }])
  })

  test('notes no late value that has nothing to report', () => {
    const { notes, close } = settling()
    close('recovered', [late(() => undefined)], { isOpen: true })

    expect(notes).toEqual([])
  })

  test('works out late values where nobody listens, too', () => {
    const readings = [late(() => ({ fcp: 5 }))]
    const { notes, close } = settling(false)
    close('sample', readings)

    expect(readings[0]?.value).toEqual({ fcp: 5 })
    expect(notes).toEqual([{ type: 'sample', reason: 'sample', news: 'metrics' }])
  })

  test('does nothing else with a sample that is only looked at', () => {
    const { notes, limits, loops, close } = settling()
    close('recovered', [mark], { isOpen: true })

    expect(notes).toEqual([])
    expect(limits.release).not.toHaveBeenCalled()
    expect(limits.reset).not.toHaveBeenCalled()
    expect(loops()).toBe(0)
  })

  test('gives back the room of resource entries that leave, which end no sampling period', () => {
    const { notes, limits, loops, close } = settling()
    close('entries', [entry('a'), entry('b')])

    expect(notes).toEqual([{ type: 'sample', reason: 'entries', news: 'view.resources[]' }])
    expect(limits.release).toHaveBeenCalledExactlyOnceWith(2)
    expect(limits.reset).not.toHaveBeenCalled()
    expect(loops()).toBe(0)
  })

  test.for<Reason>(['sample', 'route', 'hidden', 'action'])(
    'gives back all other room with the end of a sampling period, and begins the next: %s',
    (reason) => {
      const { limits, loops, close } = settling()
      close(reason, [mark])

      expect(limits.reset).toHaveBeenCalledOnce()
      expect(limits.release).not.toHaveBeenCalled()
      expect(loops()).toBe(1)
    },
  )

  test('gives back no room where a sample was full, for its period goes on', () => {
    const { limits, loops, close } = settling()
    close('sample', [mark], { isFull: true })

    expect(limits.reset).not.toHaveBeenCalled()
    expect(loops()).toBe(1)
  })

  test('begins no loop after the last sample of a view', () => {
    const { limits, loops, close } = settling()
    close('stop', [mark])

    expect(limits.reset).toHaveBeenCalledOnce()
    expect(loops()).toBe(0)
  })
})

describe('noteReading', () => {
  test('notes a value, with its cut, while somebody listens', () => {
    const { notes, tell } = settling()
    tell({ ...mark, cut: 'action' })

    expect(notes).toEqual([{ type: 'reading', field: 'view.marks[]', value: mark.value, cut: 'action' }])
  })

  test('notes nothing that nobody hears but the visibility, which is rare', () => {
    const { notes, tell } = settling(false)
    for (const one of [mark, entry('a'), batchOf(['a']), late(() => ({ fcp: 1 })), reading('view', { id: 'home' })])
      tell(one)
    expect(notes).toEqual([])

    tell(reading('view', { visibility: 'hidden' }, 'hidden'))
    expect(notes).toEqual([{ type: 'visibility', field: 'view', value: { visibility: 'hidden' }, cut: 'hidden' }])
  })

  test('takes what a view tells of itself, and a cut alone, for any other reading', () => {
    const { notes, tell } = settling()
    tell(reading('view', { id: 'home' }))
    tell(reading('view', {}, 'route'))

    expect(notes).toMatchObject([
      { type: 'reading', value: { id: 'home' } },
      { type: 'reading', value: {}, cut: 'route' },
    ])
  })

  test('leaves a late value alone: it is noted when somebody asks for it', () => {
    const value = vi.fn()
    const { notes, tell } = settling()
    tell(late(value))

    expect(value).not.toHaveBeenCalled()
    expect(notes).toEqual([])
  })

  test('notes the items of a batch one by one, worked out now, and once', () => {
    const item = vi.fn((name: string) => ({ name }))
    const { notes, tell, close } = settling()
    const batch = batchOf(['a', 'b'], item)
    tell(batch)

    const told = ['a', 'b'].map((name) => ({ type: 'reading', field: 'view.resources[]', value: { name } }))
    expect(notes).toEqual(told)
    const readings = unbatched(batch)
    expect(readings.map(({ value }) => value)).toEqual([{ name: 'a' }, { name: 'b' }])
    close('entries', readings)
    expect(item).toHaveBeenCalledTimes(2)
    expect(notes).toEqual([...told, expect.objectContaining({ type: 'sample' })])
  })

  test('notes the items of a batch of values as they are', () => {
    const { notes, tell } = settling()
    tell({ field: 'view.resources[]', batch: [{ name: 'a' }] } as unknown as Reading)

    expect(notes).toEqual([{ type: 'reading', field: 'view.resources[]', value: { name: 'a' } }])
  })

  test('leaves a batch as it is where nobody listens: its items are worked out when they leave', () => {
    const item = vi.fn((name: string) => ({ name }))
    const { notes, tell, close } = settling(false)
    const batch = batchOf(['a', 'b'], item)
    tell(batch)
    expect(item).not.toHaveBeenCalled()

    const readings = unbatched(batch)
    close('entries', readings)
    expect(item).toHaveBeenCalledTimes(2)
    expect(readings.map(({ value }) => value)).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(notes).toEqual([expect.objectContaining({ type: 'sample' })])
  })

  test('hears of the items of a batch when they leave, where somebody listens only then', () => {
    const alone = settling(false)
    const heard = settling()
    const batch = batchOf(['a', 'b'])
    alone.tell(batch)
    heard.close('entries', unbatched(batch))

    expect(heard.notes).toMatchObject([{ value: { name: 'a' } }, { value: { name: 'b' } }, { type: 'sample' }])
  })
})
