import { BehaviorSubject, tap, timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { viewChanges } from '../src/viewChanges'
import { inVirtualTime } from './helpers/marbles'
import { type FakePage, fakePage } from './helpers/page'
import { watch } from './helpers/watch'

type Moves = [at: number, move: (page: FakePage) => void][]

/** The URLs that are told, and `|` where a sample closes, with `samplingRate` 1000. */
const seenOf = (moves: Moves) =>
  inVirtualTime(({ flush }) => {
    const seen: string[] = []
    timer(1).subscribe(() => {
      const page = fakePage()
      const changes = viewChanges(page, { samplingRate: 1000 }).subscribe(({ value, cut }) =>
        seen.push(cut ? '|' : Object(value).href.replace('https://shop.test', '')),
      )
      for (const [at, move] of moves) timer(at).subscribe(() => move(page))
      timer(10_000).subscribe(() => changes.unsubscribe())
    })
    flush()
    return seen.join(' ')
  })

const push =
  (url: string): Moves[number][1] =>
  (page) =>
    page.history.pushState(null, '', url)
const replace =
  (url: string): Moves[number][1] =>
  (page) =>
    page.history.replaceState(null, '', url)

describe('viewChanges', () => {
  test('tells the view at once, and closes the sample of the view before a route', () => {
    expect(seenOf([[100, push('/cart')]])).toBe('/ | /cart')
  })

  test('closes it each time a URL is pushed, also where the path stays', () => {
    expect(
      seenOf([
        [100, push('/?a')],
        [110, push('/?b')],
      ]),
    ).toBe('/ | /?a | /?b')
  })

  test('closes it at most once a samplingRate where query or hash are replaced, and tells each', () => {
    expect(
      seenOf([
        [100, replace('/#a')],
        [200, replace('/#b')],
        [300, replace('/?c')],
        [1200, replace('/#d')],
      ]),
    ).toBe('/ | /#a /#b /?c | /#d')
  })

  test('closes it each time another path is replaced', () => {
    expect(
      seenOf([
        [100, replace('/a')],
        [110, replace('/b')],
      ]),
    ).toBe('/ | /a | /b')
  })

  test('tells what the cut has made of the view, last', () => {
    const page = fakePage()
    const viewId$ = new BehaviorSubject('')
    const ids: string[] = []
    const changes = viewChanges(page, { viewId$ })
      .pipe(tap(({ cut }) => cut && viewId$.next('cart')))
      .subscribe(({ value, cut }) => cut || ids.push(Object(value).id))
    page.history.pushState(null, '', '/cart')
    changes.unsubscribe()

    expect(ids.at(-1)).toBe('cart')
    expect(ids).not.toContain('/cart')
  })

  test('takes nothing from the page before somebody subscribes, and gives all back', () => {
    const page = fakePage()
    const change$ = viewChanges(page, {})
    expect(page.open()).toBe(0)
    watch(change$).unsubscribe()
    expect(page.open()).toBe(0)
  })
})
