import { of } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seal } from '../../src/operators/seal'
import { marbles } from '../helpers/marbles'
import { draft } from '../helpers/readings'
import { watch } from '../helpers/watch'

const version = '1.2.3'
beforeEach(() => vi.stubGlobal('__VERSION__', version))
afterEach(() => vi.unstubAllGlobals())

const drafts = { a: draft(), h: draft({ beacon: { reason: 'hidden' } }) }
const sealed = (seq: number, reason: 'sample' | 'hidden') =>
  draft({ beacon: { id: `key-${seq}`, seq, reason, version } as never })

describe('seal', () => {
  marbles('numbers the payloads of a view from 0', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--(ah)--a-|', drafts)
    const subs = '       ^-----------!'
    const expected = '   -0--(12)--3-|'

    expectObservable(source.pipe(seal('key'))).toBe(expected, {
      0: sealed(0, 'sample'),
      1: sealed(1, 'sample'),
      2: sealed(2, 'hidden'),
      3: sealed(3, 'sample'),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', drafts)
    const broken = hot(' --#', drafts)
    const endless = hot('----', drafts)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(seal('key'))).toBe('---|')
    expectObservable(broken.pipe(seal('key'))).toBe(' --#')
    expectObservable(endless.pipe(seal('key')), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  marbles('counts nothing that the last word drops', ({ hot, expectObservable }) => {
    const source = hot(' -a--h--a-|', drafts)
    const expected = '   -0-----1-|'
    const visible = seal('key', (payload) => (payload.beacon.reason === 'hidden' ? null : payload))

    expectObservable(source.pipe(visible)).toBe(expected, { 0: sealed(0, 'sample'), 1: sealed(1, 'sample') })
  })

  marbles('sends what the last word makes of a payload', ({ hot, expectObservable }) => {
    const source = hot(' -a-|', drafts)
    const expected = '   -0-|'
    const scrubbed = seal('key', (payload) => ({ ...payload, attributes: { ...payload.attributes, labels: ['x'] } }))

    expectObservable(source.pipe(scrubbed)).toBe(expected, {
      0: { ...sealed(0, 'sample'), attributes: { labels: ['x'] } },
    })
  })

  test('gives two views different ids', () => {
    const ids = ['one', 'two'].map((key) => watch(of(drafts.a).pipe(seal(key))).seen[0]?.beacon.id)

    expect(new Set(ids).size).toBe(2)
  })
})
