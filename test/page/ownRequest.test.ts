import { expect, test } from 'vitest'
import { ownRequest } from '../../src/page/ownRequest'
import { fakePage } from '../helpers/page'

const isOwn = (endpoint: string, url: string) => ownRequest(fakePage(), endpoint)(url)
const origin = fakePage().location.origin

test.each([
  ['/rum', `${origin}/rum`, true],
  ['/rum', `${origin}/rum?v=2#x`, true],
  ['https://elsewhere.example/in?key=1', 'https://elsewhere.example/in', true],
  ['/rum', `${origin}/rummage`, false],
  ['/rum', 'https://elsewhere.example/rum', false],
  ['', `${origin}/`, false],
  ['', '', false],
  ['', '?a', false],
  ['/rum\nhttps://elsewhere.example/logs', 'https://elsewhere.example/logs', true],
  ['/rum\nhttps://elsewhere.example/logs', `${origin}/rum`, true],
  ['\nhttps://elsewhere.example/logs', '', false],
  ['https://[', `${origin}/`, false],
])('knows whether %j was asked for by %j', (endpoint, url, expected) => {
  expect(isOwn(endpoint, url)).toBe(expected)
})
