import { describe, expect, test } from 'vitest'
import { device } from '../../src/sources/device'
import { fakePage } from '../helpers/page'
import { FakeTarget } from '../helpers/target'
import { watch } from '../helpers/watch'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36'
const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36'
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15'
const unknown = { memory: null, cpu: null, charging: false }

const pageOf = (userAgent: string, navigator = {}) => fakePage({ navigator: { userAgent, ...navigator } })
const hints = (getHighEntropyValues: unknown, fields = {}) => ({
  userAgentData: { brands: [], mobile: true, platform: 'Android', getHighEntropyValues, ...fields },
})
const answered = () => new Promise((resolve) => setTimeout(resolve))

describe('device', () => {
  test('tells at once what there is to tell, and zeros as they are', () => {
    const { seen } = watch(device(pageOf(windows, { deviceMemory: 0.25, hardwareConcurrency: 10 })))
    expect(seen).toEqual([
      { device: { type: 'desktop', platform: 'Microsoft', memory: 0.25, cpu: 10, charging: false } },
    ])
  })

  test('leaves empty what the browser lacks, and completes', () => {
    const { seen, end } = watch(device(pageOf('')))
    expect(seen).toEqual([{ device: { type: 'desktop', platform: '', ...unknown } }])
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test('tells again when the battery tells, and when it changes', async () => {
    const power = Object.assign(new FakeTarget(), { charging: true })
    const { seen, unsubscribe } = watch(device(pageOf(windows, { getBattery: async () => power })))
    await answered()
    power.charging = false
    power.hear({ type: 'chargingchange' })
    expect(seen.map(({ device }) => device.charging)).toEqual([false, true, false])

    expect(power.count()).toBe(1)
    unsubscribe()
    expect(power.count()).toBe(0)
  })

  test('asks for the model where the UA string names none', async () => {
    const asked: string[][] = []
    const model = async (names: string[]) => {
      asked.push(names)
      return { model: 'SM-S918B' }
    }
    const { seen } = watch(device(pageOf(android, hints(model))))
    await answered()
    expect(asked).toEqual([['model']])
    expect(seen.map(({ device }) => device.platform)).toEqual(['', 'Samsung'])
  })

  test('does not ask where the UA string tells the vendor', async () => {
    const { seen } = watch(
      device(
        pageOf(
          windows,
          hints(async () => ({ model: 'Pixel 7' })),
        ),
      ),
    )
    await answered()
    expect(seen.map(({ device }) => device.platform)).toEqual(['Microsoft'])
  })

  test.each([
    ['is of nobody known', async () => ({ model: 'X' })],
    ['is empty', async () => ({ model: '' })],
    ['is left out', async () => ({})],
    ['is refused', () => Promise.reject(new DOMException('no', 'NotAllowedError'))],
    ['cannot be asked for', undefined],
  ])('says nothing more where the model %s', async (_case, model) => {
    const { seen, end } = watch(device(pageOf(android, hints(model))))
    await answered()
    expect(seen).toEqual([{ device: { type: 'mobile', platform: '', ...unknown } }])
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test('says nothing more where the battery is refused', async () => {
    const getBattery = () => Promise.reject(new DOMException('no', 'NotAllowedError'))
    const { seen, end } = watch(device(pageOf(windows, { getBattery })))
    await answered()
    expect(seen).toHaveLength(1)
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test('says nothing after unsubscription', async () => {
    const { seen, unsubscribe } = watch(
      device(
        pageOf(
          android,
          hints(async () => ({ model: 'Pixel 7' })),
        ),
      ),
    )
    unsubscribe()
    await answered()
    expect(seen).toHaveLength(1)
  })

  test.each([
    ['a Macintosh with touch, which is an iPad,', pageOf(mac, { maxTouchPoints: 5 }), 'mobile'],
    ['a Macintosh', pageOf(mac, { maxTouchPoints: 0 }), 'desktop'],
    ['a Macintosh with a pen', pageOf(mac, { maxTouchPoints: 1 }), 'desktop'],
    ['what calls itself mobile', pageOf('', hints(undefined, { platform: '' })), 'mobile'],
    ['an Android tablet', pageOf(android.replace('Mobile ', ''), hints(undefined, { mobile: false })), 'mobile'],
    ['what the hints call Android', pageOf('', hints(undefined, { mobile: false })), 'mobile'],
    ['a television with Android', pageOf(android.replace('K) ', 'BRAVIA 4K) ').replace('Mobile ', '')), 'desktop'],
  ])('takes %s for what it is', (_what, page, type) => {
    expect(watch(device(page)).seen[0]?.device.type).toBe(type)
  })
})
