import { switchMap } from 'rxjs'
import { describe, expect } from 'vitest'
import { hiddenFor, whenShown } from '../../src/page/hiddenFor'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'

/** A page whose visitor goes at `h` and comes back at `s`. */
const visits = (page = fakePage()) => ({ page, acts: { h: () => page.hide(), s: () => page.show() } })
const seconds = 0.005

describe('away', () => {
  marbles('emits when the page has been hidden for long', ({ cold, expectObservable, flush }) => {
    const { page, acts } = visits()
    const source = cold('-h-------s----', acts)
    // hidden            -.....|!------
    const unsub = '      -------------!'
    const expected = '   ------a-------'

    source.subscribe((act) => act())
    expectObservable(hiddenFor(page, seconds), unsub).toBe(expected, { a: 0 })
    flush()
    expect(page.open()).toBe(0)
  })

  marbles('counts anew each time', ({ cold, expectObservable }) => {
    const { page, acts } = visits()
    const source = cold('-h---s-h--s-h----------', acts)
    // hidden            -....!-...!-.....|----
    const unsub = '      ----------------------!'
    const expected = '   -----------------a-----'

    source.subscribe((act) => act())
    expectObservable(hiddenFor(page, seconds), unsub).toBe(expected, { a: 0 })
  })

  marbles('counts from now for a page that is hidden already', ({ expectObservable }) => {
    const page = fakePage({ document: { visibilityState: 'hidden' } })
    // hidden            .....|--
    const unsub = '      -------!'
    const expected = '   -----a--'

    expectObservable(hiddenFor(page, seconds), unsub).toBe(expected, { a: 0 })
  })

  marbles('does not take a prerendered page for a hidden one', ({ expectObservable }) => {
    const page = fakePage({ document: { visibilityState: 'hidden', prerendering: true } })
    const unsub = '      ----------!'
    const expected = '   -----------'

    expectObservable(hiddenFor(page, seconds), unsub).toBe(expected)
  })
})

describe('back', () => {
  marbles('emits when the page is seen again after it was away', ({ cold, expectObservable, flush }) => {
    const { page, acts } = visits()
    const source = cold('-h-------s---h-s---h------s--', acts)
    // hidden            -.....|--!---..!---.....|-!--
    const unsub = '      ----------------------------!'
    const expected = '   ---------b----------------b--'

    source.subscribe((act) => act())
    expectObservable(hiddenFor(page, seconds).pipe(switchMap(() => whenShown(page))), unsub).toBe(expected, {
      b: 'visible',
    })
    flush()
    expect(page.open()).toBe(0)
  })
})
