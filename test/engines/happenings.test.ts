import type { Collector } from '../../src/index.ts'
import { untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector
declare const uncaught: string[]

const time = expect.any(Number)

/** Runs once the client is there, and is the page's own: what a driver runs counts as another origin's. */
const script = (source: string) => ({
  '/': page({ body: '<script src="/own.js"></script>' }),
  '/own.js': `addEventListener('load', () => { ${source} })`,
})

/** Runs in the page: adds an element that does what the parser's would, a script included. */
const add = (html: string) => {
  document.body.append(document.createRange().createContextualFragment(html))
}

test.for(['error', 'warn', 'debug'] as const)('tells console.%s', async (type, { site, tab }) => {
  const shop = await site(script(`console.log('not this'); console.${type}('said', { id: 1, list: [true, null] }, 0)`))
  await tab(shop.url('/'))
  await untilTold(shop, ({ view }) =>
    expect(view.console).toEqual([
      { type, timeStamp: time, value: { 0: 'said', 1: { id: 1, list: [true, null] }, 2: 0 } },
    ]),
  )
})

test('tells an error with its place', async ({ site, tab }) => {
  const shop = await site(script('setTimeout(function later() {\n  throw new TypeError("no basket")\n})'))
  await tab(shop.url('/'))
  await untilTold(shop, ({ view }) =>
    expect(view.errors).toEqual([
      {
        type: 'error',
        message: expect.stringMatching(/TypeError: no basket$/),
        stack: expect.stringContaining('/own.js:2:'),
        source: expect.stringMatching(/\/own\.js$/),
        line: 2,
        column: expect.toSatisfy((column) => column > 0, 'from 1'),
        timeStamp: time,
      },
    ]),
  )
})

test.for([
  // with its class where the stack does not tell it
  ['an error', 'new RangeError("too far")', /^(RangeError: )?too far$/],
  ['a text', '"no way"', /^no way$/],
  ['nothing', '', /^undefined$/],
] as const)('tells a promise that is rejected with %s', async ([, reason, message], { site, tab }) => {
  const shop = await site(script(`Promise.reject(${reason})`))
  await tab(shop.url('/'))
  await untilTold(shop, ({ view }) =>
    expect(view.errors).toMatchObject([{ type: 'unhandledrejection', message: expect.stringMatching(message) }]),
  )
})

test.for([
  ['img', '<img src="/gone.png" alt="">', '/gone.png'],
  ['script', '<script src="/gone.js"></script>', '/gone.js'],
  ['link', '<link rel="stylesheet" href="/gone.css">', '/gone.css'],
] as const)('tells a %s that fails to load', async ([element, body, path], { site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/'))
  await visitor.run(add, body)
  await untilTold(shop, ({ view }) =>
    expect(view.errors).toMatchObject([
      { type: 'resource', message: element, source: expect.stringMatching(`${path}$`) },
    ]),
  )
})

test('tells what a Content Security Policy refuses', async ({ site, tab }) => {
  const headers = { 'content-security-policy': "img-src 'none'", 'content-type': 'text/html' }
  const shop = await site({ '/': { headers, body: page() } })
  const visitor = await tab(shop.url('/'))
  await visitor.run(add, '<img src="/refused.png" alt="">')
  await untilTold(shop, ({ view }) =>
    expect(view.errors).toContainEqual(
      expect.objectContaining({
        type: 'csp',
        message: 'img-src',
        source: expect.stringMatching(/\/refused\.png$/),
      }),
    ),
  )
})

test.for([
  ['pushState', () => history.pushState(0, '', '/route')],
  ['replaceState', () => history.replaceState(0, '', '/route')],
] as const)('closes the sample when %s changes the route', async ([, change], { site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.addEvent('before'))
  await visitor.run(change)
  await visitor.run(() => CRUM.addEvent('after'))
  await untilTold(shop, ({ payloads }) => {
    const places = payloads.flatMap(({ view }) =>
      (view.events ?? []).map((event) => [view.pathname, ...Object.keys(event).filter((key) => key !== 'timeStamp')]),
    )
    expect(places).toEqual([
      ['/', 'before'],
      ['/route', 'after'],
    ])
  })
})

test('lets no error of its own reach the page, over its whole life', async ({ site, tab }) => {
  const shop = await site({
    '/': page({ body: '<button crum-action="order" crum-send>Order</button>' }),
    '/next': 'next',
  })
  const visitor = await tab(shop.url('/'))
  await visitor.click('button')
  await visitor.run(() => {
    const ring: Record<string, unknown> = {}
    ring.self = ring
    console.error(
      ring,
      document.body,
      Symbol('s'),
      1n,
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          },
        },
      ),
    )
    history.pushState(0, '', '/route')
  })
  await visitor.hide()
  await visitor.show()
  await untilTold(shop, ({ view }) => expect(view.console).toHaveLength(1))
  await visitor.run(() => CRUM.stop())
  expect(await visitor.run(() => uncaught)).toEqual([])
})
