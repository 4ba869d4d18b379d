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

  test('is what the browser’s own class has, whatever the classes of a page have in its place', () => {
    class Checkout extends Form {
      override get id(): string {
        throw new Error('no model yet')
      }
    }
    class Late extends Checkout {
      override get id() {
        return 'late'
      }
    }

    expect([new Checkout(), new Late()].map((form) => native(form, 'id'))).toEqual(['checkout', 'checkout'])
  })

  test('is what the nearest class has where the one below throws', () => {
    class Base {
      get base(): string {
        throw new Error('no document')
      }
    }
    class Page extends Base {
      override get base() {
        return 'https://shop.test/'
      }
    }

    expect(native(new Page(), 'base')).toBe('https://shop.test/')
  })

  test('is what an object has that inherits nothing', () => {
    expect(native(Object.assign(Object.create(null), { id: 'own' }), 'id')).toBe('own')
  })

  test('is what the object has where the prototype has nothing', () => {
    expect(native({ own: 1 }, 'own')).toBe(1)
    expect(native({} as { none?: 1 }, 'none')).toBeUndefined()
  })
})
