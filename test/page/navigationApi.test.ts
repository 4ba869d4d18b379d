import { expect, test } from 'vitest'
import { navigationApi } from '../../src/page/navigationApi'
import { FakeElement, fakePage } from '../helpers/page'
import { fakeNavigation } from '../helpers/target'

test('is the Navigation API of a page', () => {
  const navigation = fakeNavigation()

  expect(navigationApi(fakePage({ navigation }))).toBe(navigation)
})

test.for<[what: string, navigation: unknown]>([
  ['the browser has none', undefined],
  ['it has no entries, as in a document of an opaque origin', fakeNavigation(null)],
  ['an element has that id', new FakeElement('nav', { id: 'navigation' })],
])('is none where %s', ([, navigation]) => {
  expect(navigationApi(fakePage({ navigation }))).toBeUndefined()
})
