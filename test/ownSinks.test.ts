import { EMPTY, map, NEVER, of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { ownSinks } from '../src/ownSinks'
import type { Sink } from '../src/sinks/sink'
import { payload } from './helpers/readings'
import { scopeWith } from './helpers/scope'
import { watch } from './helpers/watch'

const scope = scopeWith()
const outcomes = (sink: unknown) => {
  const [own] = ownSinks([sink as Sink])
  return watch(own?.(of(payload(0)), scope) ?? NEVER).seen
}

describe('ownSinks', () => {
  test('hands on the outcomes of each, with where it sends to and what it forgets', () => {
    const sink: Sink = (payload$) => payload$.pipe(map(({ beacon: { id } }) => ({ type: 'sent', id })))
    const forget = () => {}

    expect(outcomes(sink)).toMatchObject([{ type: 'sent' }])
    expect(outcomes(() => EMPTY)).toEqual([])
    const given = [Object.assign(() => NEVER, { forget, url: '/in' }), sink]
    expect(ownSinks(given).map(({ forget, url }) => [forget, url])).toEqual([
      [forget, '/in'],
      [undefined, undefined],
    ])
  })

  test('reports what is no outcome, such as a payload, and goes on', () => {
    const sink = () => of(undefined, payload(0), { type: 'sent' })

    expect(outcomes(sink)).toEqual([
      { type: 'error', part: 'sink', message: expect.stringMatching(/^it emitted undefined, expected an outcome/) },
      { type: 'error', part: 'sink', message: expect.stringMatching(/^it emitted {"session".*, expected an outcome/) },
      { type: 'sent' },
    ])
  })

  test.for<[given: unknown, told: string]>([
    [() => undefined, 'it gives undefined, expected an observable'],
    [() => () => NEVER, 'it gives "[function ]", expected an observable'],
    [5, 'it gives 5, expected an observable'],
    [undefined, 'it gives undefined, expected an observable'],
  ])('fails with what gives no outcomes (%o)', ([given, told]) => {
    expect(() => outcomes(given)).toThrow(told)
  })

  test('takes nothing but a list', () => {
    expect(() => ownSinks((() => EMPTY) as never)).toThrow('crum: sinks is "[function ]", expected a list of sinks')
  })
})
