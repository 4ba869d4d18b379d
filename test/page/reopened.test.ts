import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { events } from '../../src/page/events'
import { whenReopened } from '../../src/page/reopened'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

/** Observers of documents, and what they are told when one was opened anew. */
const observers = new Map<object, () => void>()
beforeEach(() => {
  observers.clear()
  vi.stubGlobal(
    'MutationObserver',
    class {
      constructor(readonly told: () => void) {}
      observe(document: object, { childList }: MutationObserverInit) {
        // as a browser does
        if (!childList) throw new TypeError('nothing to observe')
        observers.set(document, this.told)
      }
      disconnect() {
        for (const [document, told] of observers) if (told === this.told) observers.delete(document)
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

/** As a browser does it: all listeners of the window and the document are gone, and its children have changed. */
const reopen = (page: ReturnType<typeof fakePage>) => {
  for (const target of [page, page.document]) (target as unknown as { forget(): void }).forget()
  observers.get(page.document)?.()
}

test('hears window and document of one that was opened anew as before, each event once', () => {
  const page = fakePage()
  const seen: string[] = []
  const hear = ({ type }: Event) => seen.push(type)
  const subscriptions = [events(page, ['pagehide', 'load']), events(page.document, 'freeze')].map((event$) =>
    event$.subscribe(hear),
  )
  const act = () => {
    for (const type of ['pagehide', 'load', 'freeze']) page.fire(type)
  }
  act()
  expect(seen).toEqual(['pagehide', 'load', 'freeze'])
  reopen(page)
  act()
  reopen(page)
  act()
  expect(seen.length).toBe(9)

  for (const one of subscriptions) one.unsubscribe()
  reopen(page)
  act()
  expect(seen.length).toBe(9)
})

test('observes each document once, as long as somebody listens', () => {
  const pages = [fakePage(), fakePage()]
  const all = pages.flatMap((page) => [watch(events(page, 'load')), watch(events(page.document, 'freeze'))])
  expect(observers.size).toBe(2)

  for (const [at, { unsubscribe }] of all.entries()) {
    unsubscribe()
    expect(observers.size).toBe([2, 1, 1, 0][at])
  }
})

test('observes nothing for targets that are no part of a document, or where it can not', () => {
  const end = whenReopened(new EventTarget(), () => {})
  expect(observers.size).toBe(0)
  end()
  vi.stubGlobal('MutationObserver', undefined)

  expect(() => whenReopened(fakePage(), () => {})()).not.toThrow()
})
