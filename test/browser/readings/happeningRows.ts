import { expect } from 'vitest'
import type { Collector } from '../../../src/index.ts'
import type { Row } from './row.ts'

declare const CRUM: Collector

const time = expect.any(Number)
/** Runs in the page: adds an element that does what the parser's would, a script included. */
const add = (html: string) => {
  document.body.append(document.createRange().createContextualFragment(html))
}

const off = { trackErrors: false, trackConsole: false }

/** Console, errors, clicks, events, memory: what happens in a page. */
export const happeningRows: Row[] = [
  ...(['error', 'warn', 'debug'] as const).map(
    (type): Row => ({
      field: 'view.console',
      when: `the page calls console.${type}`,
      act: (visitor) =>
        visitor.evaluate((type) => {
          console.log('not this')
          console.info('nor this')
          console[type](`${type} message`, { id: 1, list: [true, null] }, 0)
        }, type),
      check: ({ view }) =>
        expect(view.console).toEqual([
          { type, timeStamp: time, value: { 0: `${type} message`, 1: { id: 1, list: [true, null] }, 2: 0 } },
        ]),
    }),
  ),
  {
    field: 'view.errors',
    when: 'a script throws',
    act: (visitor) => visitor.evaluate(add, '<script src="/broken.js"></script>'),
    routes: { '/broken.js': 'setTimeout(function later() {\n  throw new TypeError("no basket")\n}, 50)' },
    check: ({ view }) =>
      expect(view.errors).toEqual([
        {
          type: 'error',
          message: 'Uncaught TypeError: no basket',
          stack: expect.stringMatching(/^TypeError: no basket\n +at later \(http.*\/broken\.js:2:9\)/),
          source: expect.stringMatching(/^http.*\/broken\.js$/),
          line: 2,
          column: 9,
          timeStamp: time,
        },
      ]),
  },
  {
    field: 'view.errors',
    when: 'a promise is rejected with an error',
    act: (visitor) => visitor.evaluate(() => void Promise.reject(new RangeError('too far'))),
    check: ({ view }) =>
      expect(view.errors).toMatchObject([
        { type: 'unhandledrejection', message: 'too far', stack: expect.stringContaining('RangeError: too far\n') },
      ]),
  },
  {
    field: 'view.errors',
    when: 'a promise is rejected with a plain object',
    act: (visitor) => visitor.evaluate(() => void Promise.reject({ status: 503, reason: 'full' })),
    check: ({ view }) => {
      expect(view.errors).toMatchObject([{ type: 'unhandledrejection', stack: '' }])
      expect(JSON.parse(view.errors[0]?.message ?? '')).toEqual({ status: 503, reason: 'full' })
    },
  },
  {
    field: 'view.errors',
    when: 'a promise is rejected with nothing',
    act: (visitor) => visitor.evaluate(() => void Promise.reject()),
    check: ({ view }) =>
      expect(view.errors).toMatchObject([{ type: 'unhandledrejection', message: 'undefined', stack: '' }]),
  },
  ...(
    [
      ['img', '<img src="/gone.png">', '/gone.png'],
      ['script', '<script src="/gone.js">', '/gone.js'],
      ['link', '<link rel="stylesheet" href="/gone.css">', '/gone.css'],
    ] as const
  ).map(
    ([element, body, path]): Row => ({
      field: 'view.errors',
      when: `a ${element} fails to load`,
      act: (visitor) => visitor.evaluate(add, body),
      check: ({ view }) =>
        expect(view.errors).toMatchObject([
          { type: 'resource', message: element, source: expect.stringMatching(`^http.*${path}$`) },
        ]),
    }),
  ),
  {
    field: 'view.errors',
    when: 'the Content Security Policy refuses an image',
    headers: { 'content-security-policy': "img-src 'none'" },
    act: (visitor) => visitor.evaluate(add, '<img src="/refused.png">'),
    check: ({ view }) =>
      expect(view.errors).toContainEqual(
        expect.objectContaining({
          type: 'csp',
          message: 'img-src',
          source: expect.stringMatching(/^http.*\/refused\.png$/),
        }),
      ),
  },
  {
    field: 'view.errors',
    when: 'trackErrors and trackConsole are off',
    settings: off,
    act: (visitor) =>
      visitor.evaluate(() => {
        console.error('no')
        void Promise.reject(new Error('no'))
        CRUM.addEvent('end')
      }),
    check: ({ view }) => {
      expect(view.events).toHaveLength(1)
      expect([view.errors, view.console]).toEqual([[], []])
    },
  },
  {
    field: 'view.actions',
    when: 'a child of a marked element is clicked',
    body: '<button crum-action="header-order-button"><span>Order</span></button><button id="other">Other</button>',
    act: async (visitor) => {
      await visitor.click('#other')
      await visitor.click('span')
    },
    check: ({ view }) =>
      expect(view.actions).toEqual([
        { pointerType: 'mouse', type: 'click', target: 'span', timeStamp: time, name: 'header-order-button' },
      ]),
  },
  {
    field: 'view.actions',
    when: 'marked elements are nested: the inner one is named',
    body: '<div crum-action="outer"><button crum-action="inner">In</button></div>',
    act: (visitor) => visitor.click('button'),
    check: ({ view }) => expect(view.actions.map(({ name }) => name)).toEqual(['inner']),
  },
  {
    field: 'view.actions',
    when: 'the element is inside an open shadow root',
    body: `<div id="host"></div><script>
      document.getElementById('host').attachShadow({ mode: 'open' }).innerHTML = '<button crum-action="shade"><b>In</b></button>'
    </script>`,
    act: (visitor) => visitor.click('#host b'),
    check: ({ view }) => expect(view.actions).toMatchObject([{ target: 'b', name: 'shade' }]),
  },
  {
    field: 'view.actions',
    when: 'the key is Enter',
    body: '<button crum-action="by-key">Order</button>',
    act: async (visitor) => {
      await visitor.focus('button')
      await visitor.keyboard.press('Enter')
    },
    check: ({ view }) =>
      expect(view.actions).toEqual([
        { pointerType: '', type: 'click', target: 'button', timeStamp: time, name: 'by-key' },
      ]),
  },
  {
    field: 'view.actions',
    when: 'the element was added later, and the page stops the event',
    body: `<script>document.addEventListener('click', (event) => event.stopImmediatePropagation(), true)</script>`,
    act: async (visitor) => {
      await visitor.evaluate(() => {
        const button = document.createElement('button')
        button.setAttribute('crum-action', 'late')
        button.textContent = 'Late'
        button.onclick = (event) => event.stopPropagation()
        document.body.append(button)
      })
      await visitor.click('button')
    },
    check: ({ view }) => expect(view.actions.map(({ name }) => name)).toEqual(['late']),
  },
  {
    field: 'view.actions[].timeStamp',
    when: 'an element is clicked',
    body: '<button crum-action="order">Order</button>',
    act: async (visitor) => {
      await visitor.evaluate(() =>
        addEventListener('click', ({ timeStamp }) =>
          Object.assign(window, { clicked: Math.round(timeStamp * 10) / 10 }),
        ),
      )
      await visitor.click('button')
    },
    truth: () => (window as unknown as { clicked: number }).clicked,
    check: ({ view }, clicked) => expect(view.actions.map(({ timeStamp }) => timeStamp)).toEqual([clicked]),
  },
  {
    field: 'view.events',
    when: 'the page adds some, with a context and without',
    act: (visitor) =>
      visitor.evaluate(() => {
        CRUM.addEvent('logout')
        CRUM.addEvent('addToBasket', { product: 'iPhone', variant: [13, 14], soldout: false })
        CRUM.addEvent('items', 0)
      }),
    check: ({ view }) =>
      expect(view.events).toEqual([
        { logout: {}, timeStamp: time },
        { addToBasket: { product: 'iPhone', variant: [13, 14], soldout: false }, timeStamp: time },
        { items: 0, timeStamp: time },
      ]),
  },
  {
    field: 'view.usedMemory',
    when: 'the page is not isolated',
    truth: () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
    check: ({ view }, heap) => {
      expect(Number.isInteger(view.usedMemory)).toBe(true)
      expect(view.usedMemory / heap).toBeGreaterThan(0.2)
      expect(view.usedMemory / heap).toBeLessThan(5)
    },
  },
]
