import { describe, expect, test } from 'vitest'
import { battery } from '../../src/sources/battery'
import { fakePage } from '../helpers/page'
import { FakeTarget } from '../helpers/target'
import { watch } from '../helpers/watch'

const fakeBattery = () => Object.assign(new FakeTarget(), { charging: true })
const pageWith = (getBattery?: () => unknown) => fakePage({ navigator: { getBattery } })
const answered = () => new Promise((resolve) => setTimeout(resolve))

describe('battery', () => {
  test('tells whether it is being charged, now and at each change', async () => {
    const power = fakeBattery()
    const { seen } = watch(battery(pageWith(async () => power)))
    await answered()
    expect(seen).toEqual([true])

    power.charging = false
    power.hear({ type: 'chargingchange' })
    expect(seen).toEqual([true, false])
  })

  test('calls getBattery as the method that it is', async () => {
    const navigator = {
      async getBattery(this: unknown) {
        return this === navigator.self ? fakeBattery() : Promise.reject(new TypeError('Illegal invocation'))
      },
      self: undefined as unknown,
    }
    const page = fakePage({ navigator })
    navigator.self = page.navigator
    const { seen } = watch(battery(page))
    await answered()
    expect(seen).toEqual([true])
  })

  test('is empty where there is none to ask', () => {
    const { seen, end } = watch(battery(pageWith()))
    expect(seen).toEqual([])
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test.each([
    ['refuses later', () => Promise.reject(new DOMException('no', 'NotAllowedError'))],
    [
      'refuses at once',
      () => {
        throw new DOMException('no', 'SecurityError')
      },
    ],
  ])('is empty where the browser %s', async (_when, getBattery) => {
    const { seen, end } = watch(battery(pageWith(getBattery)))
    await answered()
    expect(seen).toEqual([])
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test('leaves nothing open after unsubscription', async () => {
    const power = fakeBattery()
    const { unsubscribe } = watch(battery(pageWith(async () => power)))
    await answered()
    expect(power.count()).toBe(1)
    unsubscribe()
    expect(power.count()).toBe(0)
  })

  test('takes nothing when the answer comes after unsubscription', async () => {
    const power = fakeBattery()
    const { seen, unsubscribe } = watch(battery(pageWith(async () => power)))
    unsubscribe()
    await answered()
    expect(seen).toEqual([])
    expect(power.count()).toBe(0)
  })
})
