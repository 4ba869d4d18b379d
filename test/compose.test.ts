import { filter, map, NEVER, of, timer } from 'rxjs'
import { assert, describe, expect, test } from 'vitest'
import { defaultSources, ownSources } from '../src/compose'
import { into, type Reading } from '../src/payload/reading'
import { type Acts, collecting, resources } from './helpers/collecting'
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

    expect(ownSources(given, []).map(({ name }) => name)).toEqual(['online', 'source 1', 'source 2'])
  })

  test('runs functions where they are asked, and observables as they are', () => {
    const seen: unknown[] = []
    const made = (...given: unknown[]) => {
      seen.push(given)
      return of(lcp)
    }
    const [first, second] = ownSources([made, of(lcp, lcp)], [])

    expect(watch((first as NonNullable<typeof first>)(...place)).seen).toMatchObject([lcp])
    expect(watch((second as NonNullable<typeof second>)(...place)).seen).toMatchObject([lcp, lcp])
    expect(seen).toEqual([place])
  })

  test('fails with what is no reading, after those that are', () => {
    const [source] = ownSources([of(lcp, 'text' as unknown as Reading, lcp)], [])
    const { seen, end } = watch((source as NonNullable<typeof source>)(...place))

    expect(seen).toMatchObject([lcp])
    expect(String(end.error)).toMatch('TypeError: "text" is no reading')
  })

  test('fails where two sources disagree on whether a field is a list', () => {
    const list = of(reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 }))
    const value = of({ field: 'view.marks', value: 1 } as unknown as Reading)
    const [first, second] = ownSources([list, value], ['view.usedMemory'])

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

describe('collect', () => {
  test('observes the default sources where none are given, or undefined', () => {
    for (const options of [{}, { sources: undefined }]) {
      expect(collecting([], 6000, options).payloads[0]?.view.pathname).toBe('/')
    }
  })

  test('knows the fields of the default sources, also where these do not run', () => {
    const bad = of({ field: 'view.marks', value: 1 } as unknown as Reading)
    const { steps } = collecting([], 6000, { sources: [bad, good] })

    expect(steps).toContainEqual(
      expect.objectContaining({ type: 'error', message: expect.stringContaining('already known as view.marks[]') }),
    )
  })

  test('takes sources and sinks of one’s own, and complains of neither', () => {
    const own = of({ name: 'own', detail: null, startTime: 0 }).pipe(into('view.marks[]'))
    const { payloads, page } = collecting([], 6000, { sources: [own] })

    expect(payloads[0]?.view.marks).toEqual([{ name: 'own', detail: null, startTime: 0 }])
    expect(page.logged).toEqual([])
  })

  test('takes the default sources among one’s own, with all that they read', () => {
    const page: Acts[number] = [500, (page) => page.emit('resource', resources(3))]
    const { payloads, steps } = collecting([page], 6000, { sources: [...defaultSources(), good] })

    expect(payloads.flatMap(({ view }) => view.resources ?? [])).toHaveLength(3)
    expect(payloads.map(({ metrics }) => metrics?.fcp)).toContain(1)
    expect(steps.filter(({ type }) => type === 'error')).toEqual([])
  })

  test('lets an operator of one’s own read and replace the values of the default sources, those that are worked out late too', () => {
    const arrive: Acts[number] = [500, (page) => page.emit('resource', resources(3))]
    const sources = defaultSources().map(
      (source): typeof source =>
        (...given) =>
          source(...given).pipe(
            filter(({ field, value }) => field !== 'view.resources[]' || !value.name.endsWith('/1.png')),
            map((reading) =>
              reading.field === 'view.resources[]'
                ? { ...reading, value: { ...reading.value, name: `masked${reading.value.name.slice(-6)}` } }
                : reading,
            ),
          ),
    )
    const { payloads, steps } = collecting([arrive], 6000, { sources })

    expect(payloads.flatMap(({ view }) => view.resources ?? []).map(({ name }) => name)).toEqual([
      'masked/0.png',
      'masked/2.png',
    ])
    expect(steps.filter(({ type }) => type === 'error')).toEqual([])
  })

  test.for<[string, () => never]>([
    ['throws', () => assert.fail('broken')],
    ['has no JSON', () => ({ cls: 1n }) as never],
  ])('reports a late value that %s, and goes on', ([, late]) => {
    const { payloads, steps } = collecting([], 6000, { sources: [of(late).pipe(into('metrics')), good] })

    expect(payloads[0]?.metrics).toEqual({ fcp: 1 })
    expect(steps).toContainEqual(expect.objectContaining({ type: 'error' }))
  })
})
