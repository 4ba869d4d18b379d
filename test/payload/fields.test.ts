import { expect, test } from 'vitest'
import { knownFields } from '../../src/payload/fields'

test('knownFields are sections, lists and values of a payload, each once', () => {
  expect(knownFields.length).toBe(new Set(knownFields.map((field) => field.replace('[]', ''))).size)
  expect(knownFields).toEqual(expect.arrayContaining(['metrics', 'view.marks[]', 'view.usedMemory']))
})
