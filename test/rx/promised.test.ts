import { afterEach, describe, expect, test } from 'vitest'
import { promised } from '../../src/rx/promised'
import { battery } from '../../src/sources/battery'
import { deviceNews } from '../../src/sources/device'
import { usedMemory } from '../../src/sources/usedMemory'
import { fakePage } from '../helpers/page'
import { FakeTarget } from '../helpers/target'
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

describe('in a page where each object has a length', () => {
  const getBattery = async () => Object.assign(new FakeTarget(), { charging: true })
  const userAgentData = { getHighEntropyValues: async () => ({ model: 'Pixel 9' }) }
  const measureUserAgentSpecificMemory = async () => ({ bytes: 5e6 })

  test('sources hear the answers of the browser all the same', async () => {
    prototype.length = 3
    const page = fakePage({
      navigator: { getBattery, userAgent: '', userAgentData },
      performance: { measureUserAgentSpecificMemory },
    })
    const all = [watch(battery(page)), watch(deviceNews(page)), watch(usedMemory(page))]
    await settled()
    const seen = all.map((one) => [...one.seen])
    for (const { unsubscribe } of all) unsubscribe()
    delete prototype.length

    expect(seen).toEqual([[true], [{ charging: true }, { platform: 'Google' }], [5e6]])
  })
})
