import { describe, expect, test } from 'vitest'
import { pick } from '../../src/payload/pick'

class Entry {
  get name() {
    return 'self'
  }
  get startTime() {
    return 1.26
  }
  get duration() {
    return 0
  }
  readonly fetchStart = -14
  readonly detail = null
}
type Picked = Record<string, unknown>

describe('pick', () => {
  test('copies the named properties, those of the prototype too', () => {
    expect(pick<Picked>('name', 'startTime')(new Entry())).toStrictEqual({ name: 'self', startTime: 1.3 })
  })

  test('keeps zeros, and makes a negative time 0', () => {
    expect(pick<Picked>('duration', 'fetchStart')(new Entry())).toStrictEqual({ duration: 0, fetchStart: 0 })
  })

  test('bounds a text', () => {
    expect(pick<Picked>('name')({ name: 'x'.repeat(5000) })).toStrictEqual({ name: `${'x'.repeat(2000)}…` })
  })

  test('is empty where there is nothing', () => {
    expect(pick<Picked>('detail', 'unknown')(new Entry())).toStrictEqual({ detail: '', unknown: '' })
  })
})
