import { describe, expect, test } from 'vitest'
import { isUrl, safeUrls } from '../../src/payload/urls'
import { isLinear, partsOfUrls } from '../helpers/isLinear'

describe('isUrl', () => {
  test.for([
    ['https://shop.test/goods?id=7#top', true],
    ['chrome-extension://abc/content.js', true],
    ['file:///home/page.html', true],
    ['/goods/7', true],
    ['?id=7', true],
    ['#top', true],
    ['https://shop.test/ was not found', false],
    ['TypeError: x is not a function', false],
    ['', false],
  ] as const)('knows whether %j is one, or a part of one: %s', ([text, expected]) => {
    expect(isUrl(text)).toBe(expected)
  })
})

describe('safeUrls', () => {
  test.for<[text: string, expected: string]>([
    ['https://ann:secret@shop.test/goods', 'https://shop.test/goods'],
    ['https://token@shop.test/goods', 'https://shop.test/goods'],
    ['https://:secret@shop.test:8080/', 'https://shop.test:8080/'],
    ['wss://ann:p%40ss;w@shop.test/live', 'wss://shop.test/live'],
    ['//ann:secret@shop.test/goods', '//shop.test/goods'],
    ['https:/ann:secret@shop.test/goods', 'https:/shop.test/goods'],
    ['https:\\\\ann:secret@shop.test/goods', 'https:\\\\shop.test/goods'],
    ['{"to":"https:\\/\\/ann:secret@shop.test\\/pay"}', '{"to":"https:\\/\\/shop.test\\/pay"}'],
    ['?to=https%253A%252F%252Fann%253Asecret%2540shop.test%252Fpay', '?to=https%253A%252F%252Fshop.test%252Fpay'],
    ['?to=https%3A%2F%2Fann:secret@shop.test%2Fpay', '?to=https%3A%2F%2Fshop.test%2Fpay'],
    ['write to /home or ann@shop.test', 'write to /home or ann@shop.test'],
    ['ftp://ann:se@cret@shop.test', 'ftp://shop.test'],
    [
      'at f (https://ann:secret@shop.test/app.js:1:2)\nat g (https://bob:other@cdn.test/lib.js:3:4)',
      'at f (https://shop.test/app.js:1:2)\nat g (https://cdn.test/lib.js:3:4)',
    ],
    ['/go?next=https://ann:secret@shop.test/', '/go?next=https://shop.test/'],
    ['{"url":"https://ann:secret@shop.test"}', '{"url":"https://shop.test"}'],
    ['/go?to=https%3A%2F%2Fann%3Asecret%40shop.test%2F', '/go?to=https%3A%2F%2Fshop.test%2F'],
    ['/go?to=%2f%2fann%40shop.test&from=%2F%2Fbob%40x.test', '/go?to=%2f%2fshop.test&from=%2F%2Fx.test'],
    ['//ann:it%27s&more@shop.test/', '//shop.test/'],
    ["https://ann:it's&more,or;less@shop.test/", 'https://shop.test/'],
    ['postgres://ann:secret@db.test/shop', 'postgres://db.test/shop'],
    ['https://ann@mail.test:secret@shop.test/', 'https://shop.test/'],
    ['https://ann:8080@shop.test/', 'https://shop.test/'],
    ["<a href='//ann:secret@shop.test'>", "<a href='//shop.test'>"],
    ['f@https://ann:secret@shop.test/app.js:1:2', 'f@https://shop.test/app.js:1:2'],
    ['/go?to=https%3A%2F%2Fann%3Ait%2527s%2526more%40shop.test%2F', '/go?to=https%3A%2F%2Fshop.test%2F'],
  ])('tells no user and no password of %j', ([text, expected]) => {
    expect(safeUrls(text)).toBe(expected)
  })

  test.for([
    'https://shop.test/@ann/goods',
    'https://shop.test/?mail=ann@shop.test',
    'https://shop.test/#ann@shop.test',
    '/go?to=https%3A%2F%2Fshop.test%2F%40ann',
    '/go?to=https%3A%2F%2Fshop.test%3Fmail%3Dann%40shop.test',
    '/go?to=%2F%2Fshop.test&mail=ann%40shop.test',
    '"//","ann@shop.test"',
    'write to ann@shop.test // soon',
    '/img//hero@2x.svg',
    'https://cdn.test/npm//vue@3.4.js',
    'C:\\\\photos\\\\ann@home',
    'https://shop.test/?return=https://shop.test&email=ann@other.test',
    'https://shop.test/?return=https://shop.test:8080&email=ann@other.test',
    '/collect?data=%7B%22page%22%3A%22https%3A%2F%2Fshop.test%22%2C%22email%22%3A%22ann@other.test%22%7D',
    '/collect?data=%7B%22page%22%3A%22https%3A%2F%2Fshop.test%3A8080%22%2C%22email%22%3A%22ann%40other.test%22%7D',
    '/go?to=https%3A%2F%2Fshop.test%26mail%3Dann%40other.test',
    '/go?to=https%253A%252F%252Fshop.test%253A8080%2526mail%253Dann%2540other.test',
    "<a href='https://shop.test'>ann@other.test</a>",
    "{url:'https://shop.test',user:'ann@other.test'}",
    "{url:'https://shop.test:8080',user:'ann@other.test'}",
    'https://shop.test, ann@other.test',
    'webpack:///./node_modules/@scope/lib/index.js',
    'data: 1, 2',
    'data:[1,2,3]',
    'metadata:image/x,y',
    'a blob: of 3 bytes',
  ])('leaves %j as it is', (text) => {
    expect(safeUrls(text)).toBe(text)
  })

  test.for<[text: string, expected: string]>([
    ['data:image/png;base64,iVBORw0KGgo=', 'data:image/png;base64,…'],
    [`data:image/svg+xml;utf8,<svg xmlns="http://www.w3.org/2000/svg"> a, b</svg>`, 'data:image/svg+xml;utf8,…'],
    ['data:,secret', 'data:,…'],
    ['data:;base64,c2VjcmV0', 'data:;base64,…'],
    ['data:text/html;charset=utf-8,a\nsecret', 'data:text/html;charset=utf-8,…'],
    ['no image at data:image/gif;base64,R0lG here', 'no image at data:image/gif;base64,… here'],
    ['{"a":"data:text/plain,x","b":1}', '{"a":"data:text/plain,…","b":1}'],
    ['blob:https://shop.test/0b9c-11', 'blob:https://shop.test/…'],
    ['blob:null/0b9c-11', 'blob:null/…'],
    ['at blob:https://shop.test:8080/0b9c-11:7:12', 'at blob:https://shop.test:8080/…:7:12'],
  ])('tells the head of %j', ([text, expected]) => {
    expect(safeUrls(text)).toBe(expected)
  })

  const starts = ['@', 'data:image/bmp;base64,', 'https://a@', '//%40']

  test.for(partsOfUrls.flatMap((part) => starts.map((start) => [start, part] as const)))(
    'takes for %j and %j, again and again, time as its length',
    ([start, part]) => {
      expect(isLinear(safeUrls, start, part)).toBe(true)
    },
  )
})
