import fc from 'fast-check'
import { timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Payload } from '../../../src/payload/payload'
import {
  age,
  bytesOf,
  type Envelope,
  envelope as envelopeTo,
  halves,
  isStale,
  loss,
  report,
  split,
} from '../../../src/sinks/delivery/envelope'
import { inVirtualTime } from '../../helpers/marbles'
import { enveloped, payload } from '../../helpers/readings'

const endpoint = 'https://rum.test/rum'
const envelope = (payload: Payload) => envelopeTo(payload, endpoint)
const opened = ({ body }: Envelope): Payload => JSON.parse(body)
const marks = (...names: string[]) => names.map((name) => ({ name, startTime: 0, detail: null }))
const withMarks = (...names: string[]) => envelope(payload(3, 'hidden', { view: { marks: marks(...names) } }))

describe('envelope', () => {
  test('holds the JSON of a payload, and what the way needs to know of it', () => {
    const { body, ...told } = inVirtualTime(() => envelope(payload(3, 'hidden')))

    expect(JSON.parse(body)).toEqual(payload(3, 'hidden'))
    expect(told).toMatchObject({ id: 'key-3', seq: 3, reason: 'hidden', bytes: body.length, time: 0, endpoint })
  })

  test('counts bytes, not characters', () => {
    expect(bytesOf('a€😀')).toBe(1 + 3 + 4)
    expect(bytesOf('€')).toBe(3)
    expect(withMarks('€').bytes).toBe(withMarks('e').bytes + 2)
  })
})

describe('loss', () => {
  test('tells as well what its body was to tell of others', () => {
    const { beacon, ...rest } = payload()
    const lost = (one: Envelope) => loss(one) as object
    const told = envelope({ ...rest, beacon: { ...beacon, dropped: { full: 2 } } })

    expect(lost(told)).toEqual({ ...report(told), type: 'drop', dropped: { full: 2 } })
    expect(lost(envelope(payload()))).not.toHaveProperty('dropped')
    for (const body of ['', '{}', 'null', '{"beacon":'])
      expect(lost(enveloped('key-0', { body }))).toHaveProperty('type')
  })
})

describe('report', () => {
  test('tells which one it is and how large, but not what is in it or where it goes', () => {
    const one = withMarks('a', 'b')

    expect(report(one)).toEqual({ id: 'key-3', seq: 3, reason: 'hidden', bytes: one.bytes })
  })
})

describe('age', () => {
  test('counts from when it was put together, and below 0 where the clock was set back', () => {
    const ages = inVirtualTime(({ flush }) => {
      const seen: number[] = []
      const early = enveloped()
      timer(70).subscribe(() => seen.push(age(early), age(enveloped('key-1', { time: 100 }))))
      flush()
      return seen
    })

    expect(ages).toEqual([70, -30])
  })

  test('is too high after a week', () => {
    const week = 7 * 24 * 60 * 60 * 1000

    const now = 18e11
    const isStaleAt = (time: number) => isStale(enveloped('key-0', { time }))

    inVirtualTime(({ flush }) => {
      const seen: boolean[] = []
      timer(now).subscribe(() => seen.push(...[now - week, now - week - 1, now + 2 * week].map(isStaleAt)))
      flush()
      expect(seen).toEqual([false, true, false])
    })
  })

  test('is not known of what was put together before the clock was set', () => {
    expect([0, 16.9e11, 17.1e11].map((time) => isStale(enveloped('key-0', { time })))).toEqual([false, false, true])
  })
})

describe('halves', () => {
  test('share out the items of all lists in their order, the longer half last', () => {
    const view = { marks: marks('a', 'b', 'c'), fps: [{ value: 60, startTime: 0 }], longTasks: marks('d') }
    const [first, second] = halves(envelope(payload(0, 'sample', { view: view as never }))).map(opened)

    expect(first?.view).toEqual({ id: 'home', marks: marks('a', 'b') })
    expect(second?.view).toEqual({ id: 'home', marks: marks('c'), fps: view.fps, longTasks: view.longTasks })
  })

  test('part the only items of two lists', () => {
    const view = { marks: marks('a'), longTasks: marks('b') }
    const [first, second] = halves(envelope(payload(0, 'sample', { view: view as never }))).map(opened)

    expect([first?.view, second?.view]).toEqual([
      { id: 'home', marks: view.marks },
      { id: 'home', longTasks: view.longTasks },
    ])
  })

  test('leave with the first what is no list, and with both who is meant', () => {
    const view = { marks: marks('a', 'b'), resourceTypes: {}, phase: 'text' }
    const parts = { metrics: { fcp: 1 }, audits: {}, view }
    const whole = payload(0, 'sample', parts as never)
    const [first, second] = halves(envelope(whole)).map(opened)
    const { session, attributes } = whole

    expect(first).toMatchObject({
      session,
      attributes,
      metrics: { fcp: 1 },
      audits: {},
      view: { resourceTypes: {}, phase: 'text' },
    })
    expect(second?.view).not.toHaveProperty('phase')
    expect(second).toMatchObject({ session, attributes, view: { id: 'home' } })
    expect(second).not.toHaveProperty('metrics')
    expect(second).not.toHaveProperty('audits')
    expect(second?.view).not.toHaveProperty('resourceTypes')
  })

  test('leave numbers of one’s own with the first, and its times with both', () => {
    const times = { startTime: 1, timeOrigin: 2 }
    const view = { ...times, restartTime: 3, startTimes: 4, marks: marks('a', 'b') }
    const [first, second] = halves(envelope(payload(0, 'sample', { view: view as never }))).map(opened)

    expect(first?.view).toMatchObject({ ...times, restartTime: 3, startTimes: 4 })
    expect(second?.view).toEqual({ id: 'home', ...times, marks: marks('b') })
  })

  test('say once how much was lost', () => {
    const whole = payload(0, 'sample', { view: { marks: marks('a', 'b') } })
    const lossy = { ...whole, beacon: { ...whole.beacon, dropped: { full: 2 } } }

    expect(halves(envelope(lossy)).map((half) => opened(half).beacon.dropped)).toEqual([{ full: 2 }, undefined])
  })

  test('are told by ids of their own, under the same number', () => {
    const [first, second] = halves(withMarks('a', 'b'))

    expect(first).toMatchObject({ id: 'key-3', seq: 3, reason: 'hidden' })
    expect(second).toMatchObject({ id: expect.stringMatching(/^key-3\.[^-]+$/), seq: 3, reason: 'hidden' })
  })

  test('are none where there is nothing to share out', () => {
    expect(halves(withMarks('a'))).toEqual([])
    expect(halves(withMarks())).toEqual([])
    expect(halves(envelope(payload()))).toEqual([])
  })

  test('have the same ids whenever the same body is halved', () => {
    const ids = () => leaves(withMarks('a', 'b', 'c', 'd', 'e')).map(({ id }) => id)

    expect(ids()).toEqual(ids())
  })

  test('keep order, double none and lose none, however often', () => {
    const names = fc.array(fc.string(), { maxLength: 12 })
    fc.assert(
      fc.property(names, names, fc.infiniteStream(fc.boolean()), (ours, theirs, isHalved) => {
        const view = { marks: marks(...ours), longTasks: marks(...theirs) }
        const whole = envelope(payload(3, 'entries', { view: view as never }))
        const parts = leaves(whole, () => isHalved.next().value)

        expect(parts.flatMap((part) => opened(part).view.marks ?? [])).toEqual(marks(...ours))
        expect(parts.flatMap((part) => opened(part).view.longTasks ?? [])).toEqual(marks(...theirs))
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
        expect(parts[0]?.id).toBe(whole.id)
        expect(new Set(parts.map(({ seq }) => seq))).toEqual(new Set([3]))
        for (const part of parts) {
          const { id, seq, reason } = opened(part).beacon
          expect(part).toMatchObject({ id, seq, reason, bytes: bytesOf(part.body), endpoint })
        }
      }),
    )
  })
})

describe('fitting', () => {
  const bound = 60_000
  /** One of exactly so many bytes, with two marks. */
  const sized = (bytes: number) => {
    const name = 'x'.repeat(bytes - withMarks('a', '').bytes)
    return withMarks('a', name)
  }

  test('leaves as it is what fits, to the last byte', () => {
    const whole = sized(bound)

    expect(whole.bytes).toBe(bound)
    expect(fitting(whole)).toEqual([whole])
  })

  test('shares out what is one byte too large', () => {
    const parts = fitting(sized(bound + 1))

    expect(parts.map((part) => opened(part).view.marks?.length)).toEqual([1, 1])
  })

  test('counts bytes, not characters', () => {
    const whole = withMarks('€'.repeat(15_000), '€'.repeat(15_000))

    expect(whole.body.length).toBeLessThan(bound)
    expect(fitting(whole).map(({ id }) => id)).toEqual(['key-3', 'key-3.1'])
  })

  test('leaves as it is what is too large and can not be halved', () => {
    const whole = withMarks('x'.repeat(bound))

    expect(fitting(whole)).toEqual([whole])
  })

  test('keeps to the bound but for what can not be halved, in order, doubles none and loses none', () => {
    const item = fc.tuple(fc.constantFrom('x', '€', '"'), fc.oneof(fc.nat(15_000), fc.nat(40), fc.nat(65_000)))
    const items = fc.array(item, { maxLength: 10 })
    fc.assert(
      fc.property(items, items, (ours, theirs) => {
        const [marked, tasks] = [ours, theirs].map((items) =>
          marks(...items.map(([text, count], at) => `${at}${text.repeat(count)}`)),
        ) as [Marks, Marks]
        const view = { marks: marked, longTasks: tasks }
        const whole = envelope(payload(3, 'entries', { view: view as never }))
        const parts = fitting(whole)
        const views = parts.map((part) => opened(part).view)
        const lists = (at: number) => [views[at]?.marks ?? [], views[at]?.longTasks ?? []]

        expect(parts.filter(({ bytes }, at) => bytes > bound && lists(at).some(({ length }) => length > 1))).toEqual([])
        for (const part of parts) expect(part.bytes).toBe(bytesOf(part.body))
        // not by `toEqual`, which takes its time over long texts
        expect(JSON.stringify(views.flatMap(({ marks = [] }) => marks))).toBe(JSON.stringify(marked))
        expect(JSON.stringify(views.flatMap(({ longTasks = [] }) => longTasks))).toBe(JSON.stringify(tasks))
        expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
        expect(parts[0]?.id).toBe(whole.id)
        expect(new Set(parts.map(({ seq }) => seq))).toEqual(new Set([3]))
        if (whole.bytes <= bound) expect(parts).toEqual([whole])
      }),
      { numRuns: 50 },
    )
  })

  test('keeps one list to the bound, but for an item that exceeds it by itself', () => {
    const counts = fc.array(fc.oneof(fc.nat(15_000), fc.nat(65_000)), { maxLength: 16 })
    fc.assert(
      fc.property(counts, (counts) => {
        const parts = fitting(withMarks(...counts.map((count) => 'x'.repeat(count))))
        const tooLarge = parts.filter(({ bytes }) => bytes > bound)

        expect(tooLarge.map((part) => opened(part).view.marks?.length)).toEqual(tooLarge.map(() => 1))
      }),
      { numRuns: 50 },
    )
  })
})

type Marks = ReturnType<typeof marks>

/** All parts of what is split until it fits. */
const fitting = (whole: Envelope): Envelope[] => {
  const parts = split(whole)
  return parts.length ? parts.flatMap(fitting) : [whole]
}

/** Halves of halves, as deep as it goes or as told. */
const leaves = (whole: Envelope, isHalved = () => true): Envelope[] => {
  const parts = isHalved() ? halves(whole) : []
  return parts.length ? parts.flatMap((part) => leaves(part, isHalved)) : [whole]
}
