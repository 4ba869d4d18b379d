import { describe, expect, test } from 'vitest'
import { native } from '../../src/payload/native'

class Form {
  #id = 'checkout'

  get id() {
    return this.#id
  }
}

describe('native', () => {
  test('is what the prototype has of an object, whatever stands in its place', () => {
    const form = Object.defineProperty(new Form(), 'id', { value: 'a field of that name' })

    expect(form.id).toBe('a field of that name')
    expect(native(form, 'id')).toBe('checkout')
  })

  test('is what an object has that inherits nothing', () => {
    expect(native(Object.assign(Object.create(null), { id: 'own' }), 'id')).toBe('own')
  })

  test('is what the object has where the prototype has nothing', () => {
    expect(native({ own: 1 }, 'own')).toBe(1)
    expect(native({} as { none?: 1 }, 'none')).toBeUndefined()
  })
})
