import { of } from 'rxjs'
import { expect, test } from 'vitest'
import { cutFor, into } from '../../src/payload/reading'
import { watch } from '../helpers/watch'

test('into names the field that values go into, and keeps the values', () => {
  expect(watch(of(0, 5e6).pipe(into('view.usedMemory'))).seen).toEqual([
    { field: 'view.usedMemory', value: 0 },
    { field: 'view.usedMemory', value: 5e6 },
  ])
})

test('cutFor says nothing but that the sample ends', () => {
  expect(cutFor('route')).toEqual({ field: 'view', value: {}, cut: 'route' })
})
