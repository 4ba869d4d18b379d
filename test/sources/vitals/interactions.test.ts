import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addToInteractions, type Interaction, slowestOf } from '../../../src/sources/vitals/interactions'

const event = (interactionId: number, duration: number, startTime = 0) =>
  ({ interactionId, duration, startTime }) as PerformanceEventTiming

const added = (...events: PerformanceEventTiming[]) => {
  const interactions: Interaction[] = []
  for (const one of events) addToInteractions(interactions, one)
  return interactions
}

describe('addToInteractions', () => {
  test('leaves out events that are part of no interaction', () => {
    expect(added(event(0, 100))).toEqual([])
  })

  test('keeps of an interaction the longest events, those that began with the first of them', () => {
    const [short, long, same, later] = [event(7, 40), event(7, 96), event(7, 96), event(7, 96, 8)] as const

    expect(added(short, long, same, later, short)).toEqual([[long, same]])
  })

  test('keeps the ten longest interactions, longest first', () => {
    const durations = fc.array(fc.integer({ min: 5, max: 40 }).map((eighths) => eighths * 8))

    fc.assert(
      fc.property(durations, (all) => {
        const kept = added(...all.map((duration, at) => event(at + 1, duration)))

        expect(kept.map(([{ duration }]) => duration)).toEqual([...all].sort((a, b) => b - a).slice(0, 10))
      }),
    )
  })

  test('takes events of one interaction in any order', () => {
    const events = fc.array(
      fc.record({ id: fc.integer({ min: 1, max: 9 }), duration: fc.integer({ min: 16, max: 99 }) }),
    )

    fc.assert(
      fc.property(events, (all) => {
        const kept = added(...all.map(({ id, duration }) => event(id, duration)))
        const longest = new Map<number, number>()
        for (const { id, duration } of all) longest.set(id, Math.max(duration, longest.get(id) ?? 0))

        expect(new Map(kept.map(([{ interactionId, duration }]) => [interactionId, duration]))).toEqual(longest)
      }),
    )
  })
})

describe('slowestOf', () => {
  const interactions = added(event(1, 300), event(2, 200), event(3, 100))

  test.for([
    [0, 300],
    [49, 300],
    [50, 200],
    [99, 200],
    [100, 100],
    [1000, 100],
  ])('of %i interactions leaves out one in fifty', ([count, expected]) => {
    expect(slowestOf(interactions, count as number)?.[0].duration).toBe(expected)
  })

  test('knows nothing where no interaction was long enough', () => {
    expect(slowestOf([], 60)).toBeUndefined()
  })
})
