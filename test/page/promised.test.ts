import { afterEach, describe, expect, test } from 'vitest'
import { promised } from '../../src/page/promised'
import { watch } from '../helpers/watch'

const prototype = Object.prototype as { length?: number }
const settled = () => new Promise((resolve) => setTimeout(resolve))

afterEach(() => {
  delete prototype.length
})

describe('promised', () => {
  test('emits the value of a promise, and completes', async () => {
    const { seen, end } = watch(promised(() => Promise.resolve('value')))
    await settled()
    expect([seen, end.completed]).toEqual([['value'], true])
  })

  test('emits it in a page where each object has a length', async () => {
    prototype.length = 3
    const { seen } = watch(promised(() => Promise.resolve('value')))
    await settled()
    delete prototype.length
    expect(seen).toEqual(['value'])
  })

  test('fails with the reason of a promise', async () => {
    const { end } = watch(promised(() => Promise.reject('no')))
    await settled()
    expect(end.error).toBe('no')
  })

  test('leaves alone what is no promise', () => {
    const { seen, end } = watch(promised(() => ['one', 'two']))
    expect([seen, end.completed]).toEqual([['one', 'two'], true])
  })

  test('is silent once nobody listens', async () => {
    const { seen, unsubscribe } = watch(promised(() => Promise.resolve('value')))
    unsubscribe()
    await settled()
    expect(seen).toEqual([])
  })
})
