import { map, NEVER, of, timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { ownSources } from '../src/ownSources'
import { into, type Reading } from '../src/payload/reading'
import { collecting } from './helpers/collecting'
import { reading } from './helpers/readings'
import { watch } from './helpers/watch'

const place = [{}, {}] as unknown as Parameters<ReturnType<typeof ownSources>[number]>
const lcp = reading('metrics', { lcp: 1 })
const good = timer(400).pipe(
  map(() => ({ fcp: 1 })),
  into('metrics'),
)

describe('ownSources', () => {
  test('names each, by its own name or by its place', () => {
    const online = () => NEVER
    const given = [online, NEVER, () => NEVER]

    expect(ownSources(given).map(({ name }) => name)).toEqual(['online', 'source 1', 'source 2'])
  })

  test('runs functions where they are asked, and observables as they are', () => {
    const seen: unknown[] = []
    const made = (...given: unknown[]) => {
      seen.push(given)
      return of(lcp)
    }
    const [first, second] = ownSources([made, of(lcp, lcp)])

    expect(watch((first as NonNullable<typeof first>)(...place)).seen).toMatchObject([lcp])
    expect(watch((second as NonNullable<typeof second>)(...place)).seen).toMatchObject([lcp, lcp])
    expect(seen).toEqual([place])
  })

  test.for<[given: unknown, told: string]>([
    [() => undefined, 'it gives undefined, expected an observable'],
    ['text', 'it gives "text", expected an observable'],
    [{ pipe: 1 }, 'it gives {"pipe":1}, expected an observable'],
  ])('fails with what gives no readings (%o)', ([given, told]) => {
    const [source] = ownSources([given as never])

    expect(() => source?.(...place)).toThrow(told)
  })

  test('takes nothing but a list', () => {
    expect(() => ownSources(NEVER as never)).toThrow(/^crum: sources is .*, expected a list of sources$/)
  })

  test('fails with what is no reading, after those that are', () => {
    const [source] = ownSources([of(lcp, 'text' as unknown as Reading, lcp)])
    const { seen, end } = watch((source as NonNullable<typeof source>)(...place))

    expect(seen).toMatchObject([lcp])
    expect(String(end.error)).toMatch('TypeError: "text" is no reading')
  })

  test('fails where two sources disagree on whether a field is a list', () => {
    const list = of(reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 }))
    const value = of({ field: 'view.marks', value: 1 } as unknown as Reading)
    const [first, second] = ownSources([list, value])

    expect(watch((first as NonNullable<typeof first>)(...place)).end.completed).toBe(true)
    expect(String(watch((second as NonNullable<typeof second>)(...place)).end.error)).toMatch('already known as')
  })
})

describe('a part that fails', () => {
  const endless: { self?: unknown } = {}
  endless.self = endless
  test.for<[string, unknown]>([
    ['no readings', { fcp: 1 }],
    ['readings that have no JSON', { field: 'metrics', value: { fcp: 1n } }],
    ['readings without an end', { field: 'metrics', value: endless }],
  ])('ends alone, as a source of %s', ([, bad]) => {
    const { payloads, steps } = collecting([], 6000, { sources: [of(bad) as never, good] })

    expect(payloads[0]?.metrics).toEqual({ fcp: 1 })
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'source 0' }))
  })
})
