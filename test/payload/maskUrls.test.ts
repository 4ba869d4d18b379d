import { describe, expect, test, vi } from 'vitest'
import { maskUrls } from '../../src/payload/maskUrls'
import type { View } from '../../src/payload/payload'
import { isLinear, partsOfUrls } from '../helpers/isLinear'
import { payload } from '../helpers/readings'

const href = 'https://shop.test:8443/cart?user=1#top'
const { protocol, host, hostname, port, pathname, search, hash, origin } = new URL(href)
const location = { href, protocol, host, hostname, port, pathname, search, hash, origin }
const masked = (view: Partial<View>, mask: (url: string) => string) =>
  maskUrls(payload(0, 'sample', { view: { ...location, ...view } }), mask).view

const withoutQuery = (url: string) => url.split('?')[0] as string

describe('maskUrls', () => {
  test('lets the parts of the location follow from the masked one', () => {
    const view = masked({ id: '/cart' }, () => 'https://shop.test/masked')

    expect(view).toMatchObject({ id: '/masked', href: 'https://shop.test/masked', host: 'shop.test', port: '' })
    expect(view).toMatchObject({ pathname: '/masked', search: '', hash: '', origin: 'https://shop.test' })
  })

  test('leaves the location empty where the mask gives no URL', () => {
    expect(masked({ id: '/cart' }, () => 'hidden')).toMatchObject({ id: '', href: 'hidden', host: '', pathname: '' })
  })

  test.for<[string, string]>([
    ['a stack of one line', 'foo@https://a.test/b.js?secret=1:2:3'],
    ['a pair', 'url=https://a.test/?secret=1'],
    ['JSON', '{"u":"https://a.test/?secret=1"}'],
    ['a blob', 'blob:https://a.test/?secret=1'],
    ['a socket', 'wss://a.test/?secret=1'],
    ['a file', 'file:///home/app.html?secret=1'],
    ['an app', 'at capacitor://localhost/?secret=1'],
    ['quotes and brackets', "https://a.test/(a)'b'?secret=1"],
    ['a number behind a colon', 'https://a.test/user?secret=:4711'],
  ])('masks a URL in %s', ([, text]) => {
    const view = masked({ console: [{ type: 'warn', timeStamp: 0, value: { 0: text, [text]: 0 } }] }, withoutQuery)

    expect(JSON.stringify(view.console)).not.toMatch(/secret|4711/)
  })

  test.for<[string, string[]]>([
    ['https://a.test/b:1:2)', ['https://a.test/b:1:2)']],
    ['http://a.test/"b"', ['http://a.test/"b"']],
    ['wss://a.test/<b>', ['wss://a.test/<b>']],
    ['https://a.test/b was slow', ['https://a.test/b']],
    ['slow: https://a.test/b:1:2', ['https://a.test/b']],
    ['(https://a.test/b:1:2)', ['https://a.test/b']],
    ["at (https://a.test/b:1:2)), 'https://a.test/c'.", ['https://a.test/b', 'https://a.test/c']],
    ['[https://a.test/b,https://a.test/c]', ['https://a.test/b,https://a.test/c']],
    ['svn+ssh://a.test/b was slow', ['svn+ssh://a.test/b']],
    ['1https://a.test/b was slow', ['https://a.test/b']],
  ])('hands over the URLs of a text, and one that is nothing else as a whole: %s', ([text, expected]) => {
    const mask = vi.fn((url: string) => url)
    masked({ referer: text }, mask)

    expect(mask.mock.calls.map(([url]) => url).filter((url) => url.includes('a.test'))).toEqual(expected)
  })

  test.for(partsOfUrls)('takes for %j, again and again, time as its length', (part) => {
    const mask = (text: string) => masked({ referer: `${text}x` }, withoutQuery)

    expect(isLinear(mask, ' http://', part)).toBe(true)
    expect(isLinear(mask, '/', part)).toBe(true)
  })

  test("keeps the owner's own name of the view", () => {
    expect(masked({ id: 'checkout' }, withoutQuery).id).toBe('checkout')
  })

  test.for<[string, Partial<View>, Partial<View>]>([
    ['the referrer', { referer: 'https://a.test/?q=1' }, { referer: 'https://a.test/' }],
    [
      'a stack, its line and column kept',
      { errors: [{ stack: 'at f (https://a.test/x.js?v=1:10:5)\nat g' }] as never },
      { errors: [{ stack: 'at f (https://a.test/x.js:10:5)\nat g' }] as never },
    ],
    [
      'a console line',
      { console: [{ value: { 0: 'GET https://a.test/?token=1 failed' } }] as never },
      { console: [{ value: { 0: 'GET https://a.test/ failed' } }] as never },
    ],
  ])('masks URLs in %s', ([, given, expected]) => {
    expect(masked(given, withoutQuery)).toMatchObject(expected)
  })

  test('leaves everything else, and what it was given, as it was', () => {
    const given = payload(3, 'hidden', { view: location, metrics: { cls: 0 } })
    const before = structuredClone(given)

    expect(maskUrls(given, (url) => url)).toEqual(before)
    maskUrls(given, () => 'https://x.test/')
    expect(given).toEqual(before)
  })
})
