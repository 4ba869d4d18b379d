import { describe, expect, test } from 'vitest'
import { viewName } from '../src/viewName'
import { fakePage } from './helpers/page'
import { watch } from './helpers/watch'

/** A page, the name of its view, and the name that another view would begin with at a URL. */
const naming = (first = '') => {
  const page = fakePage()
  const name = viewName(page, first)
  const now = () => watch(name.viewId$).seen[0]
  return {
    ...{ page, name, now },
    at: (url: string) => {
      page.navigate(url)
      return now()
    },
  }
}

describe('viewName', () => {
  test('is told now, and whenever it is set', () => {
    const { name } = naming('home')
    const { seen } = watch(name.viewId$)
    name.set('cart')
    name.set('')

    expect(seen).toEqual(['home', 'cart', ''])
  })

  test('is that of the path at which it was set', () => {
    const { name, at, now } = naming('home')
    const names = [at('/?page=2#top'), at('/cart')]
    name.set('cart')

    expect([...names, now()]).toEqual(['home', '', 'cart'])
  })

  test('is forgotten for good when the page goes to another path, which tells nobody', () => {
    const { page, name, at } = naming('home')
    const { seen, unsubscribe } = watch(name.unnaming$)
    const told = watch(name.viewId$)
    const names = [at('/?page=2'), at('/cart'), at('/')]
    name.set('again')
    names.push(at('/#top'), at('/cart'), at('/'))
    unsubscribe()

    expect(names).toEqual(['home', '', '', 'again', '', ''])
    expect([seen, told.seen, page.open()]).toEqual([[], ['home', 'again'], 0])
  })

  test('listens to no route where there is no name to forget', () => {
    const { page, name } = naming()
    const { unsubscribe } = watch(name.unnaming$)
    const before = page.open()
    name.set('home')
    const named = page.open()
    name.set('')

    expect([before, named > 0, page.open()]).toEqual([0, true, 0])
    unsubscribe()
  })
})
