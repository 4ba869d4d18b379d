import fc from 'fast-check'
import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { splitPayload } from '../../src/operators/splitPayload'
import type { Draft } from '../../src/sources/reading'
import { marbles } from '../helpers/marbles'
import { draft } from '../helpers/readings'
import { watch } from '../helpers/watch'

const marks = (count: number, text = 'x'.repeat(100)) =>
  Array.from({ length: count }, (_, startTime) => ({ name: 'HE-a', detail: text, startTime }))
const parts = (whole: Draft, most: number) => watch(of(whole).pipe(splitPayload(most))).seen
const bytes = (part: Draft) => Buffer.byteLength(JSON.stringify(part))
const small = draft({ metrics: { lcp: 0 } })
const large = draft({ view: { marks: marks(8) }, metrics: { lcp: 0 } })

describe('splitPayload', () => {
  marbles('lets the parts of a payload go one after the other', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -s-l-----s|', { s: small, l: large })
    const subs = '       ^---------!'
    const expected = '   -s-(12)--s|'
    const [first, second] = [0, 4].map((at) => marks(8).slice(at, at + 4))

    expectObservable(source.pipe(splitPayload(900))).toBe(expected, {
      s: small,
      1: draft({ view: { marks: first }, metrics: { lcp: 0 } }),
      2: draft({ view: { marks: second } }),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const endless = hot('----', { s: small })
    const subs = '       ^-! '
    const unsub = '      --! '

    expectObservable(hot('---|', { s: small }).pipe(splitPayload(900))).toBe('---|')
    expectObservable(hot('-s-#', { s: small }).pipe(splitPayload(900))).toBe('-s-#', { s: small })
    expectObservable(endless.pipe(splitPayload(900)), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('lets a single item pass whole, however large', () => {
    const whole = draft({ view: { marks: marks(1, 'x'.repeat(5000)) } })

    expect(parts(whole, 900)).toEqual([whole])
  })

  test('counts bytes, not characters', () => {
    const whole = draft({ view: { marks: marks(2, 'ž'.repeat(400)) } })

    expect(parts(whole, 1500)).toHaveLength(2)
  })

  test('tells only once what was dropped', () => {
    const beacon = { reason: 'sample', dropped: { 'view.marks[]': 7 } } as const

    const told = parts({ ...large, beacon }, 900).filter((part) => part.beacon.dropped)
    expect(told).toHaveLength(1)
  })

  test('keeps order, doubles none and loses none, within its bound', () => {
    const lists = fc.record({ marks: fc.array(fc.string({ maxLength: 200 })), tasks: fc.nat(60) })
    fc.assert(
      fc.property(lists, fc.integer({ min: 800, max: 5000 }), (given, most) => {
        const marks = given.marks.map((detail, startTime) => ({ name: 'HE-a', detail, startTime }))
        const longTasks = Array.from({ length: given.tasks }, (_, startTime) => ({
          name: 'self',
          startTime,
          duration: 50,
        }))
        const made = parts(draft({ view: { marks, longTasks } }), most)

        expect(made.flatMap(({ view }) => view.marks ?? [])).toEqual(marks)
        expect(made.flatMap(({ view }) => view.longTasks ?? [])).toEqual(longTasks)
        for (const part of made) expect(part.view.id).toBe('home')
        expect(made.filter((part) => bytes(part) > most).every(({ view }) => (view.marks ?? []).length <= 1)).toBe(true)
      }),
    )
  })
})
