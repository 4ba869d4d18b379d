import { expect, test } from 'vitest'
import { absoluteUrls, noteRequest, ownRequest } from '../../src/page/ownRequest'
import { fakePage } from '../helpers/page'

const isOwn = (endpoint: string, url: string) => ownRequest(fakePage(), endpoint)(url)
const origin = fakePage().location.origin

test.each([
  ['/rum', `${origin}/rum`, true],
  ['/rum', `${origin}/rum?v=2#x`, true],
  ['/rum#part', `${origin}/rum?encoding=gzip`, true],
  ['https://elsewhere.example/in?key=1', 'https://elsewhere.example/in?key=1&encoding=gzip', true],
  ['http://shop.test/in', 'https://shop.test/in', true],
  // the page may ask the same address for something else
  ['https://elsewhere.example/in?key=1', 'https://elsewhere.example/in?key=12', false],
  ['https://elsewhere.example/in?key=1', 'https://elsewhere.example/in', false],
  ['https://elsewhere.example/in?to=http://a', 'https://elsewhere.example/in?to=https://a', false],
  ['/rum', `${origin}/rummage`, false],
  ['/rum', 'https://elsewhere.example/rum', false],
  ['', `${origin}/`, false],
  ['', '', false],
  ['', '?a', false],
  ['https://[', `${origin}/`, false],
])('knows whether %j was asked for by %j', (endpoint, url, expected) => {
  expect(isOwn(endpoint, url)).toBe(expected)
})

test('knows its own requests wherever the page is by then', () => {
  const page = fakePage({ url: `${origin}/shop/` })
  const isOwn = ownRequest(page, 'beacons')
  page.navigate('/shop/product/7/details')

  expect(isOwn(`${origin}/shop/beacons`)).toBe(true)
  expect(isOwn(`${origin}/shop/product/7/beacons`)).toBe(false)
})

test('knows what any client in the page has asked for since', () => {
  const page = fakePage()
  const isOwn = ownRequest(page, '/rum')
  expect(isOwn(`${origin}/rum/`)).toBe(false)

  noteRequest(page, `${origin}/rum/`)
  expect(isOwn(`${origin}/rum/`)).toBe(true)
  expect(ownRequest(fakePage(), '/rum')(`${origin}/rum/`)).toBe(false)
})

test.each([
  ['beacons', 'https://cdn.test/assets/beacons'],
  ['/rum?key=1#part', 'https://cdn.test/rum?key=1#part'],
  ['', ''],
  ['https://[', 'https://['],
  ['https://ann:secret@cdn.test/rum', 'https://cdn.test/rum'],
  ['/rum?for=//shop@cdn.test/', 'https://cdn.test/rum?for=//shop@cdn.test/'],
])('reads %j against the base of the document', (url, expected) => {
  expect(absoluteUrls(fakePage({ document: { baseURI: 'https://cdn.test/assets/' } }))(url)).toBe(expected)
})

test('reads them without the user and the password that the document was opened with', () => {
  const page = fakePage({ document: { baseURI: 'https://ann:secret@cdn.test/assets/' } })

  expect(absoluteUrls(page)('beacons')).toBe('https://cdn.test/assets/beacons')
})
