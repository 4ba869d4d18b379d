import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test, vi } from 'vitest'
import type { Options } from '../src/collector'
import { beaconSink } from '../src/sinks/beacon'
import { dryRun } from '../src/sinks/dryRun'
import { workings } from '../src/workings'
import { fakePage } from './helpers/page'
import { watch } from './helpers/watch'

/** Those of a collector without parts, but for these. */
const workingsWith = (given: Partial<Options>) =>
  workings({ page: fakePage(), sources: [], sinks: [beaconSink()], ...given })

describe('workings', () => {
  test('have a dry sink in place of all others with debug=dry', () => {
    const given = [dryRun(), dryRun()]
    const { sinks } = workingsWith({ page: fakePage({ url: 'https://shop.test/?debug=dry' }), sinks: given })

    expect(sinks).toHaveLength(1)
    expect(given).not.toContain(sinks[0])
  })

  test('take the settings as given, and the place of the script for the endpoint', () => {
    const source = 'https://rum.test/crum.js'

    expect(workingsWith({ page: fakePage(), source, maxEntries: 7 }).config).toMatchObject({
      ...{ endpoint: source, maxEntries: 7, entriesRate: 500 },
    })
    expect(workingsWith({ page: fakePage(), source, endpoint: '/rum' }).config.endpoint).toBe('https://shop.test/rum')
    expect(workingsWith({ page: fakePage() }).config.endpoint).toBe('')
  })

  test('have the fetch of the page, which asks for its page as this', () => {
    const asked: unknown[] = []
    const fetch = function (this: unknown, url: string) {
      asked.push(this === page, url)
    }
    const page = fakePage({ fetch } as never)
    const scope = workingsWith({ page })
    scope.fetch('/other')

    expect(asked).toEqual([true, '/other'])
  })

  test('take no part of the options for a setting', () => {
    const page = fakePage()
    workingsWith({ page, sources: [], sinks: [], source: '/crum.js', print: () => (step$) => step$ })

    expect(page.logged).toEqual([])
  })

  test('tell what is wrong with a setting', () => {
    const page = fakePage()
    const { debug$ } = workingsWith({ page, samplingRate: 'fast' as never })
    const message = expect.stringMatching(/^samplingRate is "fast"/)

    expect(watch(debug$).seen).toEqual([{ type: 'error', timeStamp: expect.any(Number), part: 'setting', message }])
    expect(page.logged).toHaveLength(1)
  })

  test.for(['open', 'calm'] as const)('tell also who asks later that the page is %s', (state) => {
    const own = workingsWith({ page: fakePage() })
    const state$ = own[`${state}$`]
    const early = watch(state$)
    expect(early.seen).toEqual([])

    own[state === 'open' ? 'isOpen$' : 'isCalm$'].next(true)
    expect([early.seen, watch(state$).seen]).toEqual([[true], [true]])
  })

  test('store a session once the visitor has agreed, and a prerendered page is shown', () => {
    const page = fakePage({ document: { prerendering: true } })
    const { session, functions } = workingsWith({ page, consent: 'pending' })
    const isStored = () => {
      session.renew()
      return page.localStorage.getItem('CRUM') !== null
    }

    expect(isStored()).toBe(false)
    functions.consent(true)
    expect(isStored()).toBe(false)
    Object.assign(page.document, { prerendering: false })
    expect(isStored()).toBe(true)
  })

  test('forget the session and what waits in the outbox where the visitor refuses', () => {
    const indexedDB = new IDBFactory()
    const deleteDatabase = vi.spyOn(indexedDB, 'deleteDatabase')
    const page = fakePage({ indexedDB })
    const { session, functions } = workingsWith({ page })
    session.keepAlive()
    functions.consent(false)

    expect(page.localStorage.getItem('CRUM')).toBeNull()
    expect(deleteDatabase).toHaveBeenCalledExactlyOnceWith('CRUM')
  })

  test('forget what they can where the page bars its databases', () => {
    const page = Object.defineProperty(fakePage(), 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    const { session, functions } = workingsWith({ page })
    session.keepAlive()
    functions.consent(false)

    expect(page.localStorage.getItem('CRUM')).toBeNull()
    expect(page.logged).toEqual([])
  })
})
