import { describe, expect, test } from 'vitest'
import { deferredFetch } from '../../../src/sinks/delivery/deferredFetch'
import { fakeFetchLater } from '../../helpers/fetchLater'
import { fakePage } from '../../helpers/page'
import { enveloped } from '../../helpers/readings'

const endpoint = 'https://rum.test/rum'

const tail = (budget?: number) => {
  const { fetchLater, armed } = fakeFetchLater(budget)
  const log: string[] = []
  const noting = (url: string, init: RequestInit) => {
    log.push(`ask for ${init.body}`)
    init.signal?.addEventListener('abort', () => log.push(`take back ${init.body}`))
    return fetchLater(url, init)
  }
  const tails = deferredFetch(fakePage({ fetchLater: noting }), () => endpoint)
  return { ...tails, log, requests: armed, bodies: () => [...armed].map(({ body }) => body) }
}

describe('tails', () => {
  test('arm one request for each id', () => {
    const { arm, requests } = tail()
    arm(enveloped('key-0', { body: 'a' }))
    arm(enveloped('key-1', { body: 'b' }))

    expect([...requests]).toMatchObject([
      { url: endpoint, body: 'a', init: { method: 'POST' } },
      { url: endpoint, body: 'b', init: { method: 'POST' } },
    ])
  })

  test('go to where the endpoint is when they are armed', () => {
    const { fetchLater, armed } = fakeFetchLater()
    let where = endpoint
    const { arm } = deferredFetch(fakePage({ fetchLater }), () => where)
    arm(enveloped('key-0'))
    arm(enveloped('key-1'))
    where = 'https://rum.test/moved'
    arm(enveloped('key-0'))

    expect([...armed].map(({ url }) => url)).toEqual([endpoint, where])
  })

  test('replace what was armed under the same id', () => {
    const { arm, bodies } = tail()
    for (const body of ['a', 'ab', 'abc']) arm(enveloped('key-0', { body }))

    expect(bodies()).toEqual(['abc'])
  })

  test('arm the new one before they take back the old: a renderer may die in between', () => {
    const { arm, log, bodies } = tail()
    arm(enveloped('key-0', { body: 'a' }))
    arm(enveloped('key-0', { body: 'ab' }))

    expect(log).toEqual(['ask for a', 'ask for ab', 'take back a'])
    expect(bodies()).toEqual(['ab'])
  })

  test('take back the old one first, and try again, where both have no room', () => {
    const { arm, log, bodies } = tail(10)
    arm(enveloped('key-0', { body: 'aaaaaa' }))
    arm(enveloped('key-0', { body: 'bbbbbbb' }))

    expect(log).toEqual(['ask for aaaaaa', 'ask for bbbbbbb', 'take back aaaaaa', 'ask for bbbbbbb'])
    expect(bodies()).toEqual(['bbbbbbb'])
  })

  test('leave no old one where the new one has no room at all', () => {
    const { arm, disarm, bodies } = tail(10)
    arm(enveloped('key-0', { body: 'aaaaaa' }))
    arm(enveloped('key-0', { body: 'b'.repeat(11) }))
    expect(bodies()).toEqual([])

    arm(enveloped('key-0', { body: 'cc' }))
    expect(bodies()).toEqual(['cc'])
    disarm('key-0')
    expect(bodies()).toEqual([])
  })

  test('take back one id alone, armed or not', () => {
    const { arm, disarm, bodies } = tail()
    arm(enveloped('key-0', { body: 'a' }))
    arm(enveloped('key-1', { body: 'b' }))
    disarm('key-0')
    disarm('key-0')
    disarm('other')

    expect(bodies()).toEqual(['b'])
  })

  test('take back all when closed, and arm none any more', () => {
    const { arm, close, bodies } = tail()
    arm(enveloped('key-0'))
    arm(enveloped('key-1'))
    close()
    arm(enveloped('key-2'))

    expect(bodies()).toEqual([])
  })

  test('arm what fits into the quota, and do without the rest', () => {
    const { arm, disarm, bodies } = tail(10)
    arm(enveloped('key-0', { body: 'x'.repeat(8) }))
    arm(enveloped('key-1', { body: 'yyy' }))
    expect(bodies()).toEqual(['xxxxxxxx'])

    disarm('key-0')
    arm(enveloped('key-1', { body: 'yyy' }))
    expect(bodies()).toEqual(['yyy'])
  })

  test('tell which ids are armed: not what was taken back, nor what had no room', () => {
    const { arm, disarm, close, isArmed } = tail(10)
    const armedIds = () => ['key-0', 'key-1', 'key-2'].filter(isArmed)
    expect(armedIds()).toEqual([])

    arm(enveloped('key-0', { body: 'aa' }))
    arm(enveloped('key-1', { body: 'bb' }))
    arm(enveloped('key-2', { body: 'c'.repeat(11) }))
    expect(armedIds()).toEqual(['key-0', 'key-1'])
    arm(enveloped('key-1', { body: 'b'.repeat(11) }))
    expect(armedIds()).toEqual(['key-0'])

    disarm('key-0')
    expect(armedIds()).toEqual([])
    arm(enveloped('key-0', { body: 'aa' }))
    close()
    expect(armedIds()).toEqual([])
  })

  test('do nothing where there is no fetchLater', () => {
    const page = fakePage()
    const { arm, disarm, close, isArmed } = deferredFetch(page, () => endpoint)
    arm(enveloped())
    expect(isArmed('key-0')).toBe(false)
    disarm('key-0')
    close()

    expect(page.requests).toEqual([])
  })
})
