import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LongAnimationFrameEntry } from '../../../src/sources/longAnimationFrames'
import { longestInteractions, longestScript } from '../../../src/sources/vitals/interactions'
import { FakeElement } from '../../helpers/page'

const event = (interactionId: number, duration: number, more: object = {}) =>
  ({ interactionId, duration, startTime: 0, processingStart: 0, processingEnd: 0, ...more }) as PerformanceEventTiming

/** A long frame from 0 to 1000 ms with these scripts: `[from, to]`. */
const longFrame = (scripts: [from: number, to: number][], startTime = 0) =>
  ({
    ...{ startTime, duration: 1000 },
    scripts: scripts.map(([from, to]) => ({ startTime: from, duration: to - from, invoker: `${from}-${to}` })),
  }) as unknown as LongAnimationFrameEntry

const added = (...events: PerformanceEventTiming[]) => {
  const interactions = longestInteractions()
  for (const one of events) interactions.addEvent(one)
  return interactions
}
const hero = new FakeElement('img', { id: 'hero' }) as unknown as Node

describe('longestInteractions', () => {
  test('leaves out events that are part of no interaction', () => {
    expect(added(event(0, 100)).slowest(0)).toBeUndefined()
  })

  test('keeps of an interaction its longest event, and the first target that it has', () => {
    const short = event(7, 40, { startTime: 5, target: hero })
    const long = event(7, 96, { startTime: 8, target: new FakeElement('p') })

    for (const order of [
      [short, long],
      [short, long, short],
    ]) {
      expect(added(...order).slowest(0)).toMatchObject({ startTime: 8, duration: 96, target: 'img#hero' })
    }
  })

  test('takes the target from whichever of its longest events has one', () => {
    expect(added(event(7, 96), event(7, 96, { target: hero })).slowest(0)?.target).toBe('img#hero')
  })

  test('counts from the first of its longest events', () => {
    expect(added(event(7, 96, { startTime: 5 }), event(7, 96, { startTime: 8 })).slowest(0)?.startTime).toBe(5)
  })

  test('takes the selector that the browser itself has of an element that had gone before its entry came', () => {
    const gone = event(7, 96, { target: null, targetSelector: 'div#menu' } as object)

    expect(added(gone).slowest(0)?.target).toBe('div#menu')
    expect(added(event(7, 96, { target: hero, targetSelector: 'img' } as object)).slowest(0)?.target).toBe('img#hero')
  })

  test('takes nothing of it that may name a person', () => {
    const gone = event(7, 96, { target: null, targetSelector: 'BUTTON#customer-48151623-ann@shop.test' } as object)

    expect(added(gone).slowest(0)?.target).toBe('button')
  })

  test('tells the target of an element that has gone since', () => {
    const gone = event(7, 96, { target: hero })
    const interactions = added(gone)
    Object.assign(gone, { target: null })

    expect(interactions.slowest(0)?.target).toBe('img#hero')
  })

  test('knows the ten longest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 40 }).map((eighths) => eighths * 8)), (all) => {
        const interactions = added(...all.map((duration, at) => event(at + 1, duration)))
        const known = [...all].sort((a, b) => b - a).slice(0, 10)

        expect(known.map((_, at) => interactions.slowest(at * 50)?.duration)).toEqual(known)
      }),
    )
  })

  test('takes events of one interaction in any order', () => {
    const events = fc.array(
      fc.record({ id: fc.integer({ min: 1, max: 9 }), duration: fc.integer({ min: 16, max: 99 }) }),
    )
    fc.assert(
      fc.property(events, (all) => {
        const interactions = added(...all.map(({ id, duration }) => event(id, duration)))
        const longest = new Map<number, number>()
        for (const { id, duration } of all) longest.set(id, Math.max(duration, longest.get(id) ?? 0))
        const durations = [...longest.values()].sort((a, b) => b - a)

        expect(durations.map((_, at) => interactions.slowest(at * 50)?.duration)).toEqual(durations)
      }),
    )
  })

  test.for([
    [0, 300],
    [49, 300],
    [50, 200],
    [99, 200],
    [100, 100],
    [1000, 100],
  ])('of %i interactions leaves out one in fifty', ([count, expected]) => {
    const interactions = added(event(1, 300), event(2, 200), event(3, 100))

    expect(interactions.slowest(count as number)?.duration).toBe(expected)
  })

  test('gathers the listeners of all events that one frame has shown, late ones too', () => {
    const interactions = added(
      event(0, 80, { startTime: 16, processingStart: 30, processingEnd: 60 }),
      event(7, 96, { startTime: 8, processingStart: 40, processingEnd: 50 }),
      event(0, 200, { startTime: 8, processingStart: 1, processingEnd: 190 }),
      event(14, 88, { startTime: 16, processingStart: 45, processingEnd: 70 }),
    )

    expect(interactions.slowest(0)?.shown).toMatchObject({ processingStart: 30, processingEnd: 70 })
  })
})

describe('longestScript', () => {
  const click = event(7, 400, { startTime: 100, processingStart: 110, processingEnd: 450 })
  const scriptOf = (frames: LongAnimationFrameEntry[], isEarly = false) => {
    const interactions = longestInteractions()
    for (const frame of isEarly ? frames : []) interactions.addLongFrame(frame)
    interactions.addEvent(click)
    for (const frame of isEarly ? [] : frames) interactions.addLongFrame(frame)
    const slowest = interactions.slowest(0)
    return slowest && longestScript(slowest)?.invoker
  }

  test.for([true, false])('is the longest of the frames that overlap the interaction, early ones: %s', (isEarly) => {
    const frames = [
      longFrame([[0, 90]]),
      longFrame([
        [120, 200],
        [200, 320],
      ]),
      longFrame([[1500, 1900]], 1500),
    ]

    expect(scriptOf(frames, isEarly)).toBe('200-320')
  })

  test('counts a script as far as it ran within the interaction', () => {
    // a task that was over when the click came, one that began before, the handler, and one that goes on
    expect(
      scriptOf([
        longFrame([
          [0, 100],
          [0, 180],
          [180, 300],
          [300, 3000],
        ]),
      ]),
    ).toBe('300-3000')
    expect(
      scriptOf([
        longFrame([
          [0, 100],
          [0, 180],
          [180, 300],
        ]),
      ]),
    ).toBe('180-300')
    expect(scriptOf([longFrame([[0, 100]])])).toBeUndefined()
  })

  test('does not count frames that began when the listeners had ended', () => {
    expect(scriptOf([longFrame([[460, 490]], 460)])).toBeUndefined()
    expect(scriptOf([longFrame([[450, 490]], 450)])).toBe('450-490')
  })

  test.for([true, false])(
    'is looked for in frames that overlap the interaction, and in no others, early ones: %s',
    (isEarly) => {
      const interactions = longestInteractions()
      const come = () => {
        for (const startTime of [-900, -899, 499, 500]) interactions.addLongFrame(longFrame([], startTime))
      }
      if (isEarly) come()
      interactions.addEvent(click)
      if (!isEarly) come()

      expect(interactions.slowest(0)?.longFrames.map(({ start }) => start)).toEqual([-899, 499])
    },
  )

  test.for([
    [9, '120-200'],
    [10, undefined],
  ] as const)('is known of an event that comes %i frames late: %s', ([count, expected]) => {
    const others = Array.from({ length: count }, (_, at) => longFrame([], (at + 1) * 1000))

    expect(scriptOf([longFrame([[120, 200]]), ...others], true)).toBe(expected)
  })

  test('is kept with an interaction, however many frames follow', () => {
    const interactions = added(click)
    interactions.addLongFrame(longFrame([[120, 200]]))
    for (let at = 1; at < 100; at++) interactions.addLongFrame(longFrame([[at * 1000, at * 1000 + 500]], at * 1000))

    const slowest = interactions.slowest(0)
    expect(slowest && longestScript(slowest)).toMatchObject({ invoker: '120-200', duration: 80 })
  })
})
