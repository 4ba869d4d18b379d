import { describe, expect, test } from 'vitest'
import { navigationBegins } from '../../src/page/navigationBegins'
import { FakeElement, fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { fakeNavigation } from '../helpers/target'

const away = { type: 'navigate', destination: { sameDocument: false }, downloadRequest: null }

const heard = (event: object) => {
  const navigation = fakeNavigation()
  const page = fakePage({ navigation })
  return valuesOf(page, navigationBegins(page), () => navigation.hear({ ...away, ...event }))
}

describe('navigationBegins', () => {
  givesBack(navigationBegins, () => fakePage({ navigation: fakeNavigation() }))

  test('emits when the page begins to go to another document', () => {
    expect(heard({})).toHaveLength(1)
  })

  test.for([
    ['a route change', { destination: { sameDocument: true } }],
    ['a download', { downloadRequest: 'file.zip' }],
  ] as const)('is silent at %s', ([, event]) => {
    expect(heard(event)).toEqual([])
  })

  test('is silent for an element with that id', () => {
    const page = fakePage({ navigation: new FakeElement('nav') })
    expect(valuesOf(page, navigationBegins(page))).toEqual([])
  })

  test('is silent without the Navigation API', () => {
    const page = fakePage()
    expect(valuesOf(page, navigationBegins(page))).toEqual([])
  })
})
