import { describe, expect, test } from 'vitest'
import { globals, takenPage } from '../../src/page/takenPage'
import { FakeElement, fakePage } from '../helpers/page'

describe('takenPage', () => {
  test('has what the page had, whatever takes its place later', () => {
    const page = fakePage({ navigation: {} })
    const before = Object.fromEntries(globals.map((name) => [name, page[name as 'document']]))
    const taken = takenPage(page)
    const { requestAnimationFrame, performance } = page
    Object.assign(page, { performance: {}, requestAnimationFrame: () => 0, console: {} })

    expect([taken.performance, taken.console]).toEqual([performance, before.console])
    expect(taken.requestAnimationFrame.name).toBe(`bound ${requestAnimationFrame.name}`)
  })

  test.for(['Zone', 'document', 'indexedDB', 'localStorage', 'location'])(
    'has for %s what the page has by then',
    (name) => {
      const page = fakePage()
      const taken = takenPage(page)
      Object.defineProperty(page, name, { value: 'by then' })

      expect(taken[name as 'document']).toBe('by then')
    },
  )

  test('calls functions on the page itself', () => {
    const page = Object.assign(fakePage(), {
      requestIdleCallback(this: unknown) {
        return this === page ? 7 : 0
      },
    })
    const { requestIdleCallback } = takenPage(page)

    expect(requestIdleCallback(() => {})).toBe(7)
  })

  test('lacks what the browser lacks, also where an element has that name', () => {
    const taken = takenPage(Object.assign(fakePage(), { requestIdleCallback: new FakeElement('div') }) as never)

    expect('requestIdleCallback' in taken).toBe(false)
    expect('fetchLater' in taken).toBe(false)
    expect('CompressionStream' in taken).toBe(false)
  })

  test('looks at what a page may forbid when it is needed, and not before', () => {
    const page = Object.defineProperty(fakePage(), 'localStorage', {
      get: () => {
        throw new Error('forbidden')
      },
    })
    const taken = takenPage(page)

    expect(() => taken.localStorage).toThrow('forbidden')
  })
})
