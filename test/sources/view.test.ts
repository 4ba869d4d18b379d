import { BehaviorSubject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { view } from '../../src/sources/view'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

/** The views of a page, as `id` or `id, new`, while it does these things. */
const viewsOf = (act: (page: ReturnType<typeof fakePage>, name: (id: string) => void) => void, given = '') => {
  const page = fakePage()
  const viewId$ = new BehaviorSubject(given)
  const views = valuesOf(page, view(page, { viewId$ }), () => act(page, (id) => viewId$.next(id)))
  return views.map(({ id, isNew }) => (isNew ? `${id}, new` : id))
}

describe('view', () => {
  givesBack((page) => view(page, { viewId$: new BehaviorSubject('') }))

  test('introduces itself at once', () => {
    const page = fakePage({ url: 'https://shop.test:8443/cart?step=2#top' })
    const [{ isNew, ...identity } = {} as never] = valuesOf(page, view(page, { viewId$: new BehaviorSubject('') }))

    expect(isNew).toBe(false)
    expect(identity).toEqual({
      ...{ id: '/cart', startTime: 1_700_000_000_000, href: 'https://shop.test:8443/cart?step=2#top' },
      ...{ protocol: 'https:', host: 'shop.test:8443', hostname: 'shop.test', port: '8443', pathname: '/cart' },
      ...{ search: '?step=2', hash: '#top', origin: 'https://shop.test:8443', referer: 'https://search.test/' },
    })
  })

  test('began when the page came back, where it did', () => {
    const page = fakePage()
    const [told] = valuesOf(page, view(page, { since: 60_000.4 }))

    expect([told?.id, told?.startTime]).toEqual(['/', 1_700_000_060_000])
    // the times in its lists still count from there
    expect(told?.timeOrigin).toBe(1_700_000_000_000)
    expect(valuesOf(page, view(page))[0]).not.toHaveProperty('timeOrigin')
  })

  test('is new at each change of the route', () => {
    const views = viewsOf((page) => {
      page.navigate('/cart')
      page.navigate('/cart')
      page.navigate('/pay')
    })

    expect(views).toEqual(['/', '/cart, new', '/pay, new'])
  })

  test('is named from its start by the first name, and new with any further one', () => {
    const views = viewsOf((_page, name) => {
      name('home')
      name('home')
      name('dialog')
    })

    expect(views).toEqual(['/', 'home', 'dialog, new'])
  })

  test('drops its name on a route to another path, and keeps it on one to another query or hash', () => {
    const views = viewsOf((page, name) => {
      name('home')
      page.navigate('/?page=2')
      page.navigate('/?page=2#top')
      page.navigate('/cart')
      name('cart')
      page.navigate('/cart#top')
      page.navigate('/')
    })

    expect(views).toEqual([...['/', 'home', 'home, new', 'home, new', '/cart, new', 'cart', 'cart, new', '/, new']])
  })

  test('is named from its start by the first name of the next route, and new with any further one', () => {
    const views = viewsOf((page, name) => {
      name('home')
      page.navigate('/cart')
      name('cart')
      name('dialog')
      page.navigate('/cart?step=2')
      name('step 2')
    })

    expect(views).toEqual(['/', 'home', '/cart, new', 'cart', 'dialog, new', 'dialog, new', 'step 2, new'])
  })

  test('is new with its first name as well once something of the route has left', () => {
    let hasLeft = false
    const page = fakePage()
    const viewId$ = new BehaviorSubject('')
    const views = valuesOf(page, view(page, { viewId$, hasLeft: () => hasLeft }), () => {
      hasLeft = true
      viewId$.next('home')
      page.navigate('/cart')
      hasLeft = false
      viewId$.next('cart')
    })

    expect(views.map(({ id, isNew }) => (isNew ? `${id}, new` : id))).toEqual(['/', 'home, new', '/cart, new', 'cart'])
  })

  test('takes its name from the settings, and its path where the name is taken away', () => {
    expect(viewsOf((_page, name) => name(''), 'home')).toEqual(['home', '/'])
  })

  test('bounds its name as it bounds the path', () => {
    const page = fakePage({ url: `https://shop.test/${'x'.repeat(5000)}` })
    const [first, second] = valuesOf(page, view(page, { viewId$: new BehaviorSubject('') }), () => {})

    expect(first?.id).toHaveLength(5001)
    expect(first?.id).toBe(first?.pathname)
    expect(second).toBeUndefined()
  })

  test('tells each subscriber of its own, from the first name on', () => {
    const page = fakePage()
    const source = view(page, { viewId$: new BehaviorSubject('home') })

    for (const _ of [1, 2]) expect(valuesOf(page, source)).toMatchObject([{ id: 'home', isNew: false }])
  })
})
