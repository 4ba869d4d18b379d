import { of } from 'rxjs'
import { expect, test, vi } from 'vitest'
import { named } from '../../src/sources/source'
import { reading } from '../helpers/readings'

test('named gives a source a name, and hands on what it is given and gives back', () => {
  const value$ = of(reading('metrics', { lcp: 1 }))
  const source = vi.fn(() => value$)
  const one = named('view.fps[]', source)
  const given = [{}, {}] as never[]

  expect(one.name).toBe('view.fps[]')
  expect(one(...(given as unknown as Parameters<typeof one>))).toBe(value$)
  expect(source).toHaveBeenCalledExactlyOnceWith(...given)
})
