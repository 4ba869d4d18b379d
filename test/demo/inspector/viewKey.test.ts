import { expect, it } from 'vitest'
import { idParts, viewKey } from '../../../demo/inspector/viewKey.ts'
import { stored } from './stored.ts'

it.each([
  ['1795356195142-5a6b-3', { key: '1795356195142-5a6b', seq: 3, isHalf: false }],
  ['1795356195142-5a6b-3.12', { key: '1795356195142-5a6b', seq: 3, isHalf: true }],
  ['a-3.12.5', { key: 'a', seq: 3, isHalf: true }],
  ['a-3.', { key: 'a-3.', seq: undefined, isHalf: false }],
  ['a-x', { key: 'a-x', seq: undefined, isHalf: false }],
  ['7', { key: '7', seq: undefined, isHalf: false }],
  ['', { key: '', seq: undefined, isHalf: false }],
])('takes the id %s apart', (id, parts) => {
  expect(idParts(id)).toEqual(parts)
})

it('takes a long id apart in no more time than its length', () => {
  expect(idParts('1'.repeat(1_000_000)).seq).toBeUndefined()
  expect(idParts(`-${'1'.repeat(1_000_000)}`).key).toBe('')
  expect(idParts(`-1${'.1'.repeat(500_000)}`).isHalf).toBe(true)
})

it('files by session and start what has no number, or another than its own', () => {
  const keys = ['one', 'k-9', 'k-0'].map((id) => viewKey(stored({ beacon: { id } }).payload))
  expect(keys).toEqual(['s@700', 's@700', 'k'])
})
