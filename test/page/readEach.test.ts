import { from } from 'rxjs'
import { expect, test } from 'vitest'
import { readEach } from '../../src/page/readEach'
import { watch } from '../helpers/watch'
import { breaking } from '../helpers/withProperties'

test('emits what it makes of each value, and leaves out those of which it makes nothing', () => {
  const { seen } = watch(from([1, 2, 0]).pipe(readEach((value: number) => (value === 1 ? undefined : value * 2))))

  expect(seen).toEqual([4, 0])
})

test('leaves out a value that cannot be read, alone', () => {
  const values = [{ name: 'a' }, breaking({ name: 'x' }, 'name'), { name: 'b' }]
  const { seen, end } = watch(from(values).pipe(readEach(({ name }) => name)))

  expect(seen).toEqual(['a', 'b'])
  expect(end).toMatchObject({ completed: true, error: undefined })
})
