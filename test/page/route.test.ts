import { describe, expect, test } from 'vitest'
import { route, routeChanges } from '../../src/page/route'
import { FakeElement, type FakePage, fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { fakeNavigation } from '../helpers/target'

const shop = 'https://shop.test'
const at = (page: FakePage, act: (page: FakePage) => void) =>
  valuesOf(page, route(page), act).map((url) => url.replace(shop, ''))

/** As a document of an opaque origin has it. */
const silent = () => Object.assign(fakeNavigation(null), { hear: () => {} })

describe.each([
  ['by the Navigation API', () => fakePage({ navigation: fakeNavigation() })],
  ['by the history', () => fakePage()],
  ['by the history, where the Navigation API has no entries', () => fakePage({ navigation: silent() })],
])('route %s', (_way, makePage) => {
  givesBack(route, makePage)

  test('emits the URL at each change', () => {
    const seen = at(makePage(), (page) => {
      page.navigate('/cart')
      page.history.replaceState({}, '', '/cart?step=2')
      page.traverse('/')
      page.navigate('#top')
    })

    expect(seen).toEqual(['/cart', '/cart?step=2', '/', '/#top'])
  })

  test('knows which URL replaced the one before', () => {
    const page = makePage()
    const seen = valuesOf(page, routeChanges(page), () => {
      page.navigate('/cart')
      page.history.replaceState({}, '', '/cart?step=2')
      page.traverse('/')
    })

    expect(seen.map(({ isReplaced }) => isReplaced)).toEqual([false, true, false])
  })

  test('is silent at first, and when the URL did not change', () => {
    const seen = at(makePage(), (page) => {
      page.history.replaceState({ scroll: 5 }, '')
      page.navigate('/')
      page.traverse('/')
    })

    expect(seen).toEqual([])
  })

  test('hands on what another tool has made the history answer', () => {
    const page = makePage()
    const { pushState } = page.history
    page.history.pushState = function (...args) {
      pushState.apply(this, args)
      return 'answer' as never
    }
    const answers: unknown[] = []
    at(page, ({ history }) => answers.push(history.pushState({}, '', '/cart')))

    expect(answers).toEqual(['answer'])
  })

  test('is silent when unsubscribed', () => {
    const page = makePage()
    const seen: string[] = []
    route(page)
      .subscribe((url) => seen.push(url))
      .unsubscribe()
    page.navigate('/cart')

    expect(seen).toEqual([])
  })
})

describe('route', () => {
  test('hears a change of the hash alone', () => {
    const seen = at(fakePage(), (page) => {
      page.location.href = `${shop}/#there`
      page.fire('hashchange')
    })

    expect(seen).toEqual(['/#there'])
  })

  test('leaves the history alone where there is a Navigation API', () => {
    const page = fakePage({ navigation: fakeNavigation() })
    const { pushState } = page.history
    valuesOf(page, route(page), () => expect(page.history.pushState).toBe(pushState))
  })

  test('takes no element with the id `navigation` for the Navigation API', () => {
    const page = fakePage({
      navigation: Object.assign(new FakeElement('nav', { id: 'navigation' }), { hear: () => {} }),
    })

    expect(valuesOf(page, route(page), () => page.navigate('/cart'))).toEqual(['https://shop.test/cart'])
  })

  test('serves two collectors side by side', () => {
    const page = fakePage()
    const seen: string[] = []
    const one = route(page).subscribe((url) => seen.push(`one ${url}`))
    const two = route(page).subscribe((url) => seen.push(`two ${url}`))
    page.navigate('/cart')
    two.unsubscribe()
    page.navigate('/pay')
    one.unsubscribe()
    page.navigate('/done')

    expect(seen.sort()).toEqual([`one ${shop}/cart`, `one ${shop}/pay`, `two ${shop}/cart`])
    expect(page.open()).toBe(0)
  })

  test('serves one that stays when the other, older one goes', () => {
    const page = fakePage()
    const older = route(page).subscribe()
    const seen = at(page, () => {
      older.unsubscribe()
      page.navigate('/cart')
    })

    expect(seen).toEqual(['/cart'])
  })
})

test('hears the history where another tool has put its own on the object itself before, and leaves it there', () => {
  const page = fakePage()
  const { pushState } = page.history
  const theirs: History['pushState'] = (...args) => pushState.apply(page.history, args)
  page.history.pushState = theirs
  const seen = valuesOf(page, route(page), () => page.history.pushState({}, '', '/b'))

  expect(seen).toEqual([`${shop}/b`])
  expect(page.history.pushState).toBe(theirs)
})
