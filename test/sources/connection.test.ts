import { describe, expect, test } from 'vitest'
import { connection } from '../../src/sources/connection'
import { fakePage } from '../helpers/page'
import { FakeTarget } from '../helpers/target'
import { watch } from '../helpers/watch'

const estimate = { effectiveType: '4g', rtt: 50, downlink: 10, saveData: false }
const network = (told = {}) => Object.assign(new FakeTarget(), { ...estimate, type: 'wifi' }, told)
const pageWith = (connection?: unknown) => fakePage({ navigator: { connection } })

describe('connection', () => {
  test('tells the estimate now and at each change', () => {
    const wifi = network()
    const { seen } = watch(connection(pageWith(wifi)))
    Object.assign(wifi, { effectiveType: '3g', rtt: 0 }).hear({ type: 'change' })
    expect(seen).toEqual([{ connection: estimate }, { connection: { ...estimate, effectiveType: '3g', rtt: 0 } }])
  })

  test('tells copies, which later changes leave alone', () => {
    const wifi = network()
    const { seen } = watch(connection(pageWith(wifi)))
    wifi.rtt = 400
    expect(seen).toEqual([{ connection: estimate }])
  })

  test.each([
    ['has no estimate', undefined],
    ['knows no more than the kind of network', network({ effectiveType: undefined })],
  ])('tells null once where the browser %s', (_where, given) => {
    const { seen, end } = watch(connection(pageWith(given)))
    expect(seen).toEqual([{ connection: null }])
    expect(end.completed).toBe(true)
  })

  test('leaves nothing open after unsubscription', () => {
    const page = pageWith(network())
    const { unsubscribe } = watch(connection(page))
    expect(page.open()).toBe(1)
    unsubscribe()
    expect(page.open()).toBe(0)
  })
})
