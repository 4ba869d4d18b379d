import { expect, test, vi } from 'vitest'
import { absentCollector } from '../src/absentCollector'
import { watch } from './helpers/watch'

test('absentCollector has all that a collector has, and says on its debug stream that it does nothing', () => {
  const { debug$, ...functions } = absentCollector()
  const { seen, end } = watch(debug$)

  expect(seen).toEqual([
    { type: 'unsupported', timeStamp: 0, part: 'page' },
    { type: 'stop', timeStamp: 0 },
  ])
  expect(end.completed).toBe(true)
  expect(watch(debug$.filter('stop')).seen).toHaveLength(1)
  expect(Object.values(functions).map((call) => (call as (...args: unknown[]) => unknown)('a'))).toEqual(
    Object.values(functions).map(() => undefined),
  )
})

test('absentCollector reports what a listener throws, as any collector does', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  absentCollector().debug$.subscribe(() => {
    throw 'broken'
  })

  expect(error.mock.calls).toEqual(Array(2).fill(['crum:', 'broken']))
  error.mockRestore()
})
