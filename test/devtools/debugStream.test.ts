import { describe, expect, test } from 'vitest'
import { debugStream } from '../../src/devtools/debugStream'
import { fakePage } from '../helpers/page'
import type { AnyStep } from '../helpers/steps'
import { watch } from '../helpers/watch'

const usual = 'https://shop.test/'
const debugging = 'https://shop.test/?debug=1'

describe('debugStream', () => {
  test('notes steps with their time, to a tenth of a millisecond', () => {
    let now = 1.23
    const { note, debug$ } = debugStream(fakePage({ performance: { now: () => now } }))
    note('skip')
    now = 5
    note('drop', { cause: 'full' })

    expect(watch(debug$).seen).toEqual([
      { type: 'skip', timeStamp: 1.2 },
      { type: 'drop', timeStamp: 5, cause: 'full' },
    ])
  })

  test.for([
    [usual, 200],
    [debugging, 10_000],
    ['https://shop.test/?debug=dry', 10_000],
  ] as const)('remembers at %s %i steps', ([url, most]) => {
    const { note, debug$ } = debugStream(fakePage({ url }))
    for (let at = 0; at < 11_000; at++) note('skip')

    expect(watch(debug$).seen).toHaveLength(most)
  })

  test('tells what is large to who listens, and remembers it for the tools only', () => {
    const told = (url: string) => {
      const { note, debug$ } = debugStream(fakePage({ url }))
      const live = watch(debug$)
      note('send', { seq: 0 }, { payload: 'large' })
      return [live, watch(debug$)].map(({ seen }) => (seen[0] as AnyStep | undefined)?.payload)
    }

    expect(told(usual)).toEqual(['large', undefined])
    expect(told(debugging)).toEqual(['large', 'large'])
  })

  test('takes a note of single readings while somebody listens, or where the tools may ask for them', () => {
    const { notesReadings, debug$ } = debugStream(fakePage())
    expect(notesReadings()).toBe(false)

    const listener = watch(debug$)
    expect(notesReadings()).toBe(true)
    listener.unsubscribe()
    expect(notesReadings()).toBe(false)
    expect(debugStream(fakePage({ url: debugging })).notesReadings()).toBe(true)
  })

  test('says in the console what has failed, and notes it', () => {
    const page = fakePage()
    const { fail, debug$ } = debugStream(page)
    fail('addEvent', 'name is 5')

    expect(page.logged).toEqual([{ method: 'error', args: ['crum: addEvent name is 5'] }])
    expect(watch(debug$).seen).toMatchObject([{ type: 'error', part: 'addEvent', message: 'name is 5' }])
  })

  test('notes it alone where the page has no console.error', () => {
    const page = fakePage({ console: {} })
    const { fail, debug$ } = debugStream(page)
    fail('addEvent', 'name is 5')

    expect(watch(debug$).seen).toHaveLength(1)
  })

  test('says in the console what a listener throws, and goes on', () => {
    const page = fakePage()
    const { note, debug$ } = debugStream(page)
    const broken = new Error('broken')
    debug$.subscribe(() => {
      throw broken
    })
    const { seen } = watch(debug$)
    note('skip')

    expect(page.logged).toEqual([{ method: 'error', args: ['crum:', broken] }])
    expect(seen).toHaveLength(1)
  })

  test('ends, and can be narrowed', () => {
    const { note, complete, debug$ } = debugStream(fakePage())
    note('load')
    note('stop')
    complete()
    const { seen, end } = watch(debug$.filter('stop'))

    expect(seen.map(({ type }) => type)).toEqual(['stop'])
    expect(end.completed).toBe(true)
  })
})
