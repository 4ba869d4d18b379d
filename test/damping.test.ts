import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { damping } from '../src/damping'
import { cutFor, type Reading } from '../src/payload/reading'
import { fakePage } from './helpers/page'

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

const rate = 1000

/** When samples leave, of a page to which something comes at these times, and `echo` ms after each beacon, with these cuts. */
const beacons = ({
  comes = [0],
  echo = Number.POSITIVE_INFINITY,
  cuts = [] as number[],
  until = 100_000,
  page = fakePage(),
  savingMode = true,
  field = 'view.console[]' as Reading['field'],
}): number[] => {
  const { hear, takeTurn, leave } = damping(page, { samplingRate: rate, savingMode })
  const left: number[] = []
  const due = [...comes]
  let waits = false
  for (let now = 0; now <= until; now += 100) {
    vi.setSystemTime(now)
    const isCut = cuts.includes(now)
    if (due.includes(now) || isCut) {
      hear(isCut ? cutFor('action') : { field })
      waits = true
    }
    if (waits && (isCut || (now % rate === 0 && takeTurn()))) {
      waits = false
      left.push(now)
      leave()
      due.push(now + echo)
    }
  }
  return left
}

const withPerson = () => fakePage({ navigator: { userActivation: { isActive: true } } })

const each = (ms: number, until = 100_000) => Array.from({ length: until / ms }, (_, at) => at * ms)

describe('damping', () => {
  test('ends a loop of echoes: eight at once, four after a pause, and none any more', () => {
    expect(beacons({ echo: 100 })).toEqual([...each(1000, 8000), 9000, 11_000, 13_000, 15_000])
  })

  test.for([100, 900, 1500, 3000, 10_000, 30_000])('ends loops of echoes that come after %i ms', (echo) => {
    const hour = 36e5

    expect(beacons({ echo, until: 4 * hour }).filter((time) => time > 2 * hour)).toEqual([])
  })

  test('damps nothing where each sample leaves in any case', () => {
    expect(beacons({ echo: 100, savingMode: false, until: 50_000 })).toEqual(each(1000, 51_000))
  })

  test('lets what has waited go with what comes later', () => {
    expect(beacons({ echo: 100, comes: [0, 60_500] }).slice(12, 15)).toEqual([61_000, 62_000, 63_000])
  })

  test('begins anew with a cut, and with a person at the page', () => {
    expect(beacons({ echo: 100, cuts: [60_500] }).slice(12)).toEqual([
      60_500,
      ...[61_000, 62_000, 63_000, 64_000, 66_000],
    ])
    expect(beacons({ echo: 100, page: withPerson(), until: 50_000 })).toHaveLength(51)
  })

  test.for(['view.resources[]', 'view.resourceTypes'] as const)(
    'takes no request for a person, in %s: another tool may answer each beacon',
    (field) => {
      expect(beacons({ echo: 100, page: withPerson(), field })).toEqual(beacons({ echo: 100 }))
    },
  )

  test('lets fewer leave once a row was used up, until a beacon is not answered', () => {
    const { hear, takeTurn, leave } = damping(fakePage(), { samplingRate: rate, savingMode: true })
    const say = (now: number) => {
      vi.setSystemTime(now)
      hear({ field: 'view.console[]' })
    }
    const turnsOf = (start: number) => {
      say(start)
      for (let turns = 0; ; turns++) {
        if (!takeTurn()) return turns
        leave()
      }
    }
    expect([turnsOf(0), turnsOf(10_000)]).toEqual([8, 8])
    // it waits until all twelve are used up
    for (let turns = 8; turns < 12; turns++) {
      vi.setSystemTime(20_000 + turns * 10_000)
      takeTurn()
      leave()
    }
    takeTurn()
    expect([turnsOf(200_000), turnsOf(210_000)]).toEqual([4, 4])
    // one beacon, and nothing that follows
    say(220_000)
    takeTurn()
    leave()
    expect(turnsOf(230_000)).toBe(8)
  })

  test('delays a page at work by a sample now and then', () => {
    const left = beacons({ comes: each(300), until: 30_000 })
    const pauses = left.map((time, at) => time - (left[at - 1] ?? 0))

    expect(Math.max(...pauses)).toBe(2000)
    expect(left.length).toBeGreaterThan(25)
  })

  test.for<[functions: string, given: object, mayLook: boolean]>([
    ['none', {}, true],
    ['beforeSend', { beforeSend: () => null }, false],
    ['maskUrl', { maskUrl: () => '' }, false],
    ['beforeSend, without savingMode', { beforeSend: () => null, savingMode: false }, true],
  ])(
    'lets nothing be looked at that may be an echo of a look, where there are functions of the owner: %s',
    ([, given, mayLook]) => {
      const damped = damping(fakePage(), { samplingRate: rate, savingMode: true, ...given })
      for (let beacon = 0; beacon < 8; beacon++) {
        expect(damped.mayLook()).toBe(true)
        damped.takeTurn()
        damped.leave()
      }
      expect(damped.mayLook()).toBe(mayLook)
      damped.hear(cutFor('hidden'))
      expect(damped.mayLook()).toBe(true)
    },
  )

  test('takes a route for an echo, for a page can change it in answer to a beacon', () => {
    const damped = damping(fakePage(), { samplingRate: rate, savingMode: true })
    vi.setSystemTime(0)
    for (let beacon = 0; beacon < 8; beacon++) {
      expect(damped.takeTurn()).toBe(true)
      damped.leave()
      damped.hear(cutFor('route'))
    }
    expect(damped.takeTurn()).toBe(false)
  })

  test('measures by the clock of the browser, for that of the page may stand still', () => {
    let now = 0
    const page = fakePage({ performance: { now: () => now } })
    const damped = damping(page, { samplingRate: rate, savingMode: true })
    for (let beacon = 0; beacon < 8; beacon++) {
      damped.takeTurn()
      damped.leave()
    }
    expect(damped.takeTurn()).toBe(false)
    now = 1.1 * rate
    damped.hear({ field: 'view.console[]' })
    expect(damped.takeTurn()).toBe(true)
  })

  test('never delays what comes seldom', () => {
    expect(beacons({ comes: each(5000, 50_000) })).toEqual(each(5000, 50_000))
  })

  test('lets a page at work without a person wait for 48 samples at most', () => {
    const left = beacons({ comes: each(300, 36e5), until: 36e5 })

    expect(Math.max(...left.map((time, at) => time - (left[at - 1] ?? 0)))).toBeLessThanOrEqual(48 * rate)
  })
})
