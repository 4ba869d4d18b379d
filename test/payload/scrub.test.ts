import { identity } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import type { Payload } from '../../src/payload/payload'
import { type Scrubbing, scrub } from '../../src/payload/scrub'
import { payload } from '../helpers/readings'

const href = 'https://shop.test/cart?user=1'
const withHref = () => payload(3, 'hidden', { view: { href } })
const withoutQuery = (url: string) => url.replace(/\?.*/, '')
const fail = (message: string) => () => {
  throw new Error(message)
}

/** What is left of a payload, and which functions failed, with what. */
const scrubbed = (given: Partial<Scrubbing>, from = withHref()) => {
  const failed = vi.fn()
  const last = scrub(from, { maskUrl: identity, beforeSend: identity, ...given }, failed)
  return { last, failures: failed.mock.calls.map(([part, error]) => `${part}: ${error}`) }
}

describe('scrub', () => {
  test('leaves a payload as it is where nobody asks for more, and copies nothing', () => {
    const from = withHref()

    expect(scrubbed({}, from).last).toBe(from)
  })

  test.for<[what: string, made: (payload: Payload) => unknown, told: RegExp]>([
    ['has a circle', (payload) => Object.assign(payload, { self: payload }), /circular/],
    ['has what JSON can not hold', (payload) => ({ ...payload, at: 1n }), /BigInt/],
    [
      'has no JSON',
      (payload) => ({ ...payload, toJSON: () => undefined }),
      /it returned .*, expected the payload or null/,
    ],
    ['throws when it is written', (payload) => ({ ...payload, toJSON: fail('theirs') }), /theirs/],
    ['has another beacon', (payload) => ({ ...payload, beacon: { id: 'mine' } }), /expected the payload or null/],
    ['has a beacon that is none', (payload) => ({ ...payload, beacon: true }), /expected the payload or null/],
    ['has no view', (payload) => ({ ...payload, view: null }), /expected the payload or null/],
    ['is a promise of one', async (payload) => payload, /it returned \[Promise\], expected the payload or null/],
    ['is no payload', () => ({}), /it returned {}, expected/],
    ['is a text', () => 'payload', /it returned payload, expected/],
  ])('drops what beforeSend returns if it %s', ([, made, told]) => {
    const { last, failures } = scrubbed({ beforeSend: made as never })

    expect(last).toBeNull()
    expect(failures.join()).toMatch(told)
  })

  test('does not hand on what beforeSend may still change', () => {
    let kept: Payload | undefined
    const beforeSend = (payload: Payload) => {
      kept = payload
      return payload
    }
    const { last } = scrubbed({ beforeSend })
    Object.assign(kept as Payload, { self: kept })

    expect(last).not.toHaveProperty('self')
  })

  test.for([undefined, null, {}, 5])('drops a payload of which maskUrl makes %o of a URL', (mask) => {
    const { last, failures } = scrubbed({ maskUrl: () => mask as never })

    expect(last).toBeNull()
    expect(failures).toEqual([expect.stringMatching(/^maskUrl: it returned .*, expected a text$/)])
  })

  test('masks its URLs before beforeSend sees it', () => {
    const seen: string[] = []
    const beforeSend = (payload: Payload) => {
      seen.push(payload.view.href)
      return payload
    }
    const { last, failures } = scrubbed({ maskUrl: withoutQuery, beforeSend })

    expect(seen).toEqual(['https://shop.test/cart'])
    expect(last?.view.href).toBe('https://shop.test/cart')
    expect(failures).toEqual([])
  })

  test('gives what beforeSend makes of it', () => {
    const beforeSend = (payload: Payload) => ({ ...payload, attributes: { ...payload.attributes, labels: ['a=1'] } })

    expect(scrubbed({ beforeSend }).last).toEqual({ ...withHref(), attributes: { labels: ['a=1'] } })
  })

  test('hands a copy to beforeSend: what it changes there changes nothing else', () => {
    const from = withHref()
    const beforeSend = (payload: Payload) => {
      payload.attributes.labels.push('a=1')
      return payload
    }

    expect(scrubbed({ beforeSend }, from).last?.attributes.labels).toEqual(['a=1'])
    expect(from).toEqual(withHref())
  })

  test.for<[string, unknown]>([
    ['null', null],
    ['nothing', undefined],
  ])('drops a payload of which beforeSend makes %s, which is no failure', ([, made]) => {
    expect(scrubbed({ beforeSend: () => made as Payload })).toEqual({ last: null, failures: [] })
  })

  test.for<keyof Scrubbing>(['maskUrl', 'beforeSend'])('drops a payload at which %s throws, and reports it', (part) => {
    expect(scrubbed({ [part]: fail('no') })).toEqual({ last: null, failures: [`${part}: Error: no`] })
  })

  test('asks beforeSend for nothing that could not be masked', () => {
    const beforeSend = vi.fn()
    scrubbed({ maskUrl: fail('no'), beforeSend })

    expect(beforeSend).not.toHaveBeenCalled()
  })
})
