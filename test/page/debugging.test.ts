import { expect, test } from 'vitest'
import { debugging } from '../../src/page/debugging'
import { fakePage } from '../helpers/page'

test.for([
  ['?debug=1', '1'],
  ['?a=b&debug=dry', 'dry'],
  ['?debug=dry&a=b', 'dry'],
  ['?debug=10', undefined],
  ['?debug=0', undefined],
  ['?nodebug=1', undefined],
  ['#?debug=1', undefined],
  ['', undefined],
])('reads of the address %s that %s is asked for', ([search, asked]) => {
  expect(debugging(fakePage({ url: `https://shop.test/${search}` }))).toBe(asked)
})
