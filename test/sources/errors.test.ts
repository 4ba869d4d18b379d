import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { errors } from '../../src/sources/errors'
import { FakeElement, type FakePage, fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { breaking } from '../helpers/withProperties'

const at = { performance: { now: () => 12.34 } }
const source = (page: FakePage, endpoint = '') => errors(page, { endpoint })
const told = (act: (page: FakePage) => void, endpoint?: string) => {
  const page = fakePage(at)
  return valuesOf(page, source(page, endpoint), act)
}
const empty = { message: '', stack: '', source: '', line: 0, column: 0, timeStamp: 12.3 }
const image = (src: string) => Object.assign(new FakeElement('img', { src }), { src })

describe('errors', () => {
  givesBack((page) => source(page))

  test('tells of an uncaught error', () => {
    const error = Object.assign(new TypeError('x is undefined'), { stack: 'TypeError: x\n at f (a.js:3:7)' })
    const message = 'Uncaught TypeError: x is undefined'
    const event = { error, message, filename: 'https://shop.test/a.js', lineno: 3, colno: 7 }

    expect(told((page) => page.fire('error', event))).toEqual([
      {
        ...{ type: 'error', message, stack: error.stack, source: event.filename },
        ...{ line: 3, column: 7, timeStamp: 12.3 },
      },
    ])
  })

  test('tells of an error of another origin, of which there is nothing to tell', () => {
    expect(told((page) => page.fire('error', { error: null, message: 'Script error.', lineno: 0 }))).toEqual([
      { ...empty, type: 'error', message: 'Script error.' },
    ])
  })

  test('tells of a rejection that nobody handles, whatever it was rejected with', () => {
    const reasons = [Object.assign(new Error('a'), { stack: 'at a' }), 'text', undefined, 0, { message: 'like one' }]
    const seen = told((page) => {
      for (const reason of reasons) page.fire('unhandledrejection', { reason })
    })

    expect(seen.map(({ type }) => type)).toEqual(Array(5).fill('unhandledrejection'))
    expect(seen.map(({ message }) => message)).toEqual(['a', 'text', 'undefined', '0', '{"message":"like one"}'])
    expect(seen[0]?.stack).toBe('at a')
  })

  test('tells of a resource that failed to load', () => {
    expect(told((page) => page.fire('error', { target: image('https://cdn.test/a.png') }))).toEqual([
      { ...empty, type: 'resource', message: 'img', source: 'https://cdn.test/a.png' },
    ])
  })

  test('tells of a style sheet of XML that failed to load, which no element has', () => {
    const target = { nodeName: 'xml-stylesheet', sheet: { href: 'https://shop.test/gone.css' } }

    expect(told((page) => page.fire('error', { target }))).toEqual([
      { ...empty, type: 'resource', message: 'xml-stylesheet', source: 'https://shop.test/gone.css' },
    ])
  })

  test('takes the name of an element from the browser, whatever the element says', () => {
    const image = Object.assign(new Window().document.createElement('img'), { src: '/gone.png' })
    const target = breaking(image, 'localName')

    expect(told((page) => page.fire('error', { target }))).toMatchObject([{ message: 'img' }])
  })

  test.for<[type: string, event: () => object]>([
    ['error', () => breaking({ message: 'a' }, 'error')],
    ['error', () => breaking({ message: 'a' }, 'message')],
    ['error', () => breaking({ error: new Error('a') }, 'filename')],
    ['error', () => breaking({ error: new Error('a') }, 'lineno')],
    ['unhandledrejection', () => breaking({}, 'reason')],
    ['unhandledrejection', () => ({ detail: breaking({}, 'reason') })],
    ['securitypolicyviolation', () => breaking({ disposition: 'enforce' }, 'blockedURI')],
  ])('leaves out an event of type %s that cannot be read, and tells of the next: %s', ([type, event]) => {
    const seen = told((page) => {
      page.fire(type, event() as Record<string, unknown>)
      page.fire('error', { message: 'next' })
    })

    expect(seen.map(({ message }) => message)).toEqual(['next'])
  })

  test('takes nothing but numbers for a line and a column', () => {
    const event = { isTrusted: false, error: new Error('a') }
    const seen = told((page) => {
      page.fire('error', { ...event, lineno: 5n, colno: { valueOf: () => 7 } })
      page.fire('error', { ...event, lineno: Number.NaN, colno: 7 })
    })

    expect(seen.map(({ line, column }) => [line, column])).toEqual([
      [0, 0],
      [0, 7],
    ])
  })

  test('is silent about what elements tell each other, which is no failure to load', () => {
    const target = image('https://cdn.test/a.png')

    expect(told((page) => page.fire('error', { target, isTrusted: false }))).toEqual([])
  })

  test('tells of an error that the page itself has reported to the window', () => {
    expect(told((page) => page.fire('error', { isTrusted: false, message: 'a' }))).toMatchObject([{ message: 'a' }])
  })

  test('is silent about an event of that name that a script dispatches, and that tells of no error', () => {
    expect(told((page) => page.fire('error', { isTrusted: false }))).toEqual([])
    expect(told((page) => page.fire('error', { isTrusted: false, error: 0 }))).toMatchObject([{ message: '0' }])
  })

  test('tells of the rejections of promises that a library has made', () => {
    const rejected = told((page) => {
      page.fire('unhandledrejection', { isTrusted: false, detail: { reason: new Error('a'), promise: {} } })
      page.fire('unhandledrejection', { isTrusted: false, reason: new Error('b'), detail: null })
    })

    expect(rejected.map(({ message }) => message)).toEqual(['a', 'b'])
  })

  test('tells of an exception of a page that has the URL of the endpoint', () => {
    const event = { error: new Error('a'), filename: 'https://shop.test/rum' }

    expect(told((page) => page.fire('error', event), 'https://shop.test/rum')).toMatchObject([{ message: 'a' }])
  })

  test('tells what was thrown by its content, and what led to it', () => {
    const error = new Error('a', { cause: new RangeError('b') })
    const seen = told((page) => {
      page.fire('error', { message: 'Uncaught [object Object]', error: { status: 402 } })
      page.fire('error', { message: 'Uncaught Error: a', error })
      page.fire('unhandledrejection', { reason: { status: 402 } })
      page.fire('unhandledrejection', { reason: error })
    })
    const causes = [{ type: 'RangeError', message: 'b', stack: expect.any(String) }]

    expect(seen.map(({ message }) => message)).toEqual(['{"status":402}', 'Uncaught Error: a', '{"status":402}', 'a'])
    expect(seen.map((error) => error.causes)).toEqual([undefined, causes, undefined, causes])
  })

  test('is silent about what a policy only reports, which was not refused', () => {
    const event = { effectiveDirective: 'img-src', blockedURI: 'https://cdn.test/a.png' }
    const seen = told((page) => {
      page.fire('securitypolicyviolation', { ...event, disposition: 'report' })
      page.fire('securitypolicyviolation', { ...event, disposition: 'enforce' })
    })

    expect(seen).toHaveLength(1)
  })

  test('tells of what a Content Security Policy refused', () => {
    const event = { effectiveDirective: 'script-src', blockedURI: 'inline', lineNumber: 4, columnNumber: 0 }

    expect(told((page) => page.fire('securitypolicyviolation', event))).toEqual([
      { ...empty, type: 'csp', message: 'script-src', source: 'inline', line: 4 },
    ])
    const sourceFile = 'https://ann:secret@shop.test/app.js'
    expect(told((page) => page.fire('securitypolicyviolation', { ...event, sourceFile }))).toMatchObject([
      { source: 'inline', stack: 'https://shop.test/app.js:4:0' },
    ])
  })

  test("is silent about the client's own requests", () => {
    const endpoint = 'https://rum.test/rum'
    const event = { effectiveDirective: 'connect-src', blockedURI: `${endpoint}?x=1` }

    expect(told((page) => page.fire('securitypolicyviolation', event), endpoint)).toEqual([])
  })

  test('bounds what it tells, and outlives what has no text', () => {
    const hostile = {
      toString: () => {
        throw new Error('no')
      },
    }
    const unreadable = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const long = 'x'.repeat(100_000)
    const seen = told((page) => {
      page.fire('unhandledrejection', { reason: hostile })
      page.fire('unhandledrejection', { reason: unreadable })
      page.fire('error', { message: 'x', error: unreadable })
      page.fire('error', { message: long, error: { stack: long } })
      page.fire('error', { message: 'next' })
    })

    expect(seen).toHaveLength(5)
    for (const { message, stack } of seen) expect(message.length + stack.length).toBeLessThan(10_000)
  })
})
