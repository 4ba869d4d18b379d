import { filter, map, of, timer } from 'rxjs'
import { assert, describe, expect, test } from 'vitest'
import { defaultSources } from '../src/compose'
import type { Payload } from '../src/payload/payload'
import { into, type Reading } from '../src/payload/reading'
import { callbackSink } from '../src/sinks/callbackSink'
import { type Acts, collecting, resources } from './helpers/collecting'

const good = timer(400).pipe(
  map(() => ({ fcp: 1 })),
  into('metrics'),
)

describe('collect', () => {
  test('observes the default sources where none are given, or undefined', () => {
    for (const options of [{}, { sources: undefined }]) {
      expect(collecting([], 6000, options).payloads[0]?.view.pathname).toBe('/')
    }
  })

  test('posts to the endpoint where no sinks are given, or undefined', () => {
    const { page, times } = collecting([], 6000, { sinks: undefined, endpoint: '/in' })

    expect(times).toEqual([])
    expect(page.requests).toMatchObject([{ way: 'fetch', url: 'https://shop.test/in' }])
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

  test('observes no request to the url that a sink names', () => {
    const elsewhere = 'https://logs.test/in'
    const payloads: Payload[] = []
    const sink = Object.assign(
      callbackSink((payload) => void payloads.push(payload)),
      { url: elsewhere },
    )
    const entries = [elsewhere, `${elsewhere}?key=1`, 'https://logs.test/other'].map((name) => ({
      name,
      startTime: 100,
    }))
    const arrive: Acts[number] = [500, (page) => page.emit('resource', entries)]
    collecting([arrive], 6000, { sinks: [sink] })

    expect(payloads.flatMap(({ view }) => view.resources ?? []).map(({ name }) => name)).toEqual([
      'https://logs.test/other',
    ])
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
