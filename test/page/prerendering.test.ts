import { expect, test } from 'vitest'
import { isPrerendering } from '../../src/page/prerendering'
import { fakePage } from '../helpers/page'

test.each([
  [true, true],
  [false, false],
  [undefined, false],
])('knows whether the page is being prerendered: %s', (prerendering, expected) => {
  expect(isPrerendering(Object.assign(fakePage(), { document: { prerendering } }))).toBe(expected)
})
