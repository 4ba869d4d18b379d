import { describe, expect, test } from 'vitest'
import { tails } from '../../src/sinks/tails'
import { fakeFetchLater } from '../helpers/fetchLater'
import { fakePage } from '../helpers/page'
import { enveloped } from '../helpers/readings'

const endpoint = 'https://rum.test/rum'

const tail = (budget?: number) => {
  const { fetchLater, armed } = fakeFetchLater(budget)
  const { arm, disarm, close } = tails(fakePage({ fetchLater }), endpoint)
  return { arm, disarm, close, requests: armed, bodies: () => [...armed].map(({ body }) => body) }
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

  test('replace what was armed under the same id', () => {
    const { arm, bodies } = tail()
    for (const body of ['a', 'ab', 'abc']) arm(enveloped('key-0', { body }))

    expect(bodies()).toEqual(['abc'])
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

  test('do nothing where there is no fetchLater', () => {
    const page = fakePage()
    const { arm, disarm, close } = tails(page, endpoint)
    arm(enveloped())
    disarm('key-0')
    close()

    expect(page.requests).toEqual([])
  })
})
