import { timer } from 'rxjs'
import { expect } from 'vitest'
import { pause } from '../../../src/sinks/delivery/pause'
import { marbles } from '../../helpers/marbles'
import { type FakePage, fakePage } from '../../helpers/page'

/** A page to which this happens, each so many ms after the start. */
const living = (acts: [at: number, act: (page: FakePage) => void][]) => {
  const page = fakePage()
  for (const [at, act] of acts) timer(at).subscribe(() => act(page))
  return page
}
const hide = (page: FakePage) => page.hide()
const show = (page: FakePage) => page.show()
const online = (page: FakePage) => page.fire('online')

marbles('a pause ends once, when it is over, and leaves nothing open', ({ expectObservable, flush }) => {
  const page = living([])
  const expected = '-----(e|)'

  expectObservable(pause(page, 5, false)).toBe(expected, { e: 0 })
  flush()
  expect(page.open()).toBe(0)
})

marbles('a pause goes on for what is left of it, when a hidden page is seen again', ({ expectObservable }) => {
  const page = living([
    [2, hide],
    [4, show],
    [5, hide],
    [7, show],
  ])
  // hidden           --|-!|-!
  const expected = '  ---------(e|)'

  expectObservable(pause(page, 9, true)).toBe(expected, { e: 0 })
})

marbles('a pause that is over meanwhile ends as soon as the page is seen again', ({ expectObservable }) => {
  const page = living([
    [2, hide],
    [8, show],
  ])
  // pause            -----|
  const expected = '  --------(e|)'

  expectObservable(pause(page, 5, true)).toBe(expected, { e: 0 })
})

marbles('a pause of the client ends as soon as the browser is online', ({ expectObservable }) => {
  // online           --o
  const chosen = '    --(e|)'
  const asked = '     -----(e|)'

  expectObservable(pause(living([[2, online]]), 5, false)).toBe(chosen, { e: expect.anything() })
  expectObservable(pause(living([[2, online]]), 5, true)).toBe(asked, { e: 0 })
})
