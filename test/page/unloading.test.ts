import { describe, expect, test } from 'vitest'
import { isUnloading, unloading } from '../../src/page/unloading'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { watch } from '../helpers/watch'

describe('unloading', () => {
  givesBack(unloading)

  test('knows from the end of a page to its return that it ends, by the events alone', () => {
    const page = fakePage()
    const { seen, unsubscribe } = watch(unloading(page))
    const known = [isUnloading(page)]
    page.addEventListener('pagehide', () => known.push(isUnloading(page)))
    page.hide()
    page.leave()
    page.restore()
    known.push(isUnloading(page))
    unsubscribe()

    expect(known).toEqual([false, true, false])
    expect(seen).toEqual([])
  })

  test('tells one page from another', () => {
    const [one, other] = [fakePage(), fakePage()]
    watch(unloading(one))
    one.leave()

    expect([one, other].map(isUnloading)).toEqual([true, false])
  })

  test('hears that a page is back also where nobody asks any more', () => {
    const page = fakePage()
    const { unsubscribe } = watch(unloading(page))
    page.leave()
    unsubscribe()
    expect(isUnloading(page)).toBe(true)
    page.restore()

    expect(isUnloading(page)).toBe(false)
    expect(page.open()).toBe(0)
  })
})
