import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

type Tell = (state: string, beacon?: { id: string }) => void
interface Follow {
  follow(field: string, tell: Tell): () => void
}
const { follow }: Follow = await import(new URL('../../demo/shop/follow.js', import.meta.url).href)

/** A client that tells what the test does. */
function client() {
  const listeners = new Set<(step: object) => void>()
  const debug$ = {
    subscribe: (listener: (step: object) => void) => {
      listeners.add(listener)
      return { unsubscribe: () => listeners.delete(listener) }
    },
  }
  vi.stubGlobal('window', { CRUM: { debug$ } })
  return {
    listeners,
    step: (step: object) => {
      for (const listener of listeners) listener({ timeStamp: performance.now(), ...step })
    },
  }
}
const reading = { type: 'reading', field: 'metrics', value: { inp: 500 } }
const send = { type: 'send', payload: { metrics: { inp: 500 }, beacon: { id: 'k-1' } } }

function heard(field = 'metrics.inp') {
  const told: string[] = []
  const end = follow(field, (state) => told.push(state))
  return { told, end }
}

describe('following a reading', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('tells that it was read and sent, and then no more', async () => {
    const { step, listeners } = client()
    const { told } = heard()
    step({ ...reading, value: { cls: 0 } })
    expect(told).toEqual([])
    for (const each of [reading, send, { type: 'sent', id: 'k-1' }, reading]) step(each)
    await vi.runAllTimersAsync()
    expect([told, listeners.size]).toEqual([['recorded', 'sent'], 0])
  })

  it('tells that there is nothing new where nothing is read, and still hears what is read late', async () => {
    const { step } = client()
    const { told } = heard()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual(['nothing'])
    step(reading)
    expect(told).toEqual(['nothing', 'recorded'])
  })

  it('tells at the end that it was not sent', async () => {
    const { step, listeners } = client()
    const { told } = heard()
    step(reading)
    await vi.runAllTimersAsync()
    expect([told, listeners.size]).toEqual([['recorded', 'waiting'], 0])
  })

  it('tells of nothing new without a client', async () => {
    vi.stubGlobal('window', {})
    const { told } = heard()
    await vi.runAllTimersAsync()
    expect(told).toEqual(['nothing'])
  })

  it('is silent once it was ended', async () => {
    const { step } = client()
    const { told, end } = heard()
    end()
    await vi.runAllTimersAsync()
    step(reading)
    expect(told).toEqual([])
  })
})
