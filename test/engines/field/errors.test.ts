import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import type { ConsoleCall, PageError } from '../../../src/payload/payload.ts'
import { site } from '../../browser/harness/site.ts'
import { untilTold } from '../../browser/readings/told.ts'
import { test as base, expect } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** What the page throws, and how the message of it ends; rejections and console lines tell the same. */
const thrown: [what: string, value: string, message: RegExp][] = [
  ['a RangeError', `new RangeError('no card')`, /no card$/],
  ['an object', `{ status: 402, reason: 'card refused' }`, /^{"status":402,"reason":"card refused"}$/],
  ['an object with a message', `{ message: 'card refused', status: 402 }`, /"card refused".*402/],
  ['a text', `'card refused'`, /^card refused$/],
  ['a number', '402', /^402$/],
  ['a list', `['card', { status: 402 }]`, /^\["card",{"status":402}\]$/],
  ['a Map', `new Map([['card', 'refused']])`, /card.*refused/],
  ['a response', `new Response('', { status: 402, statusText: 'refused' })`, /402.*refused/],
  ['a request', `((request) => (request.open('GET', '/'), request))(new XMLHttpRequest())`, /"status":0/],
  ['the end of a socket', `new CloseEvent('close', { code: 1006, reason: 'gone' })`, /"gone".*1006/],
  ['what has no properties', `new FormData()`, /^\[FormData\]$/],
  ['an event', `new CustomEvent('refused')`, /"type":"refused"/],
  ['an object of another document', `new other.Object(other.eval('({ status: 402 })'))`, /^{"status":402}$/],
  ['an error of another document', `new other.TypeError('card refused')`, /card refused$/],
  ['an object without a prototype', `Object.assign(Object.create(null), { status: 402 })`, /^{"status":402}$/],
  ['nothing', 'undefined', /undefined$/],
  ['null', 'null', /null$/],
  [
    'an error whose message is worked out',
    `new (class extends Error { get message() { return 'card refused' } })()`,
    /card refused$/,
  ],
  [
    'an error whose message is an object',
    `Object.assign(new Error(), { message: { status: 402 } })`,
    /^{"status":402}$/,
  ],
  [
    'the event of a rejection',
    `new PromiseRejectionEvent('refused', { promise: Promise.resolve(), reason: { status: 402 } })`,
    /{"status":402}/,
  ],
  ['what has nothing but a text', `new (class { toString() { return 'card refused' } })()`, /card refused$/],
  ['what is its own JSON form', `{ status: 402, toJSON() { return this } }`, /"status":402/],
  ['an object with a text of its own', `{ status: 402, toString() { return '[object Object]' } }`, /402/],
]

/** Errors with what led to them, and the messages of that, in order. */
const caused: [what: string, value: string, messages: string[]][] = [
  [
    'an AggregateError',
    `new AggregateError([new Error('a'), 'b'], 'all failed', { cause: new Error('c') })`,
    ['c', 'a', 'b'],
  ],
  [
    'an error with causes four levels deep',
    `new Error('0', { cause: new Error('1', { cause: new Error('2', { cause: new Error('3', { cause: '4' }) }) }) })`,
    ['1', '2', '3'],
  ],
  [
    'AggregateErrors three levels deep',
    `new AggregateError([new AggregateError([new AggregateError(['3'], '2')], '1')], '0')`,
    ['1', '2', '3'],
  ],
  [
    'an AggregateError with nothing in it, and something',
    `new AggregateError([undefined, new Error('b'), null], 'a')`,
    ['undefined', 'b', 'null'],
  ],
  ['an error caused by an object', `new Error('0', { cause: { code: 7 } })`, ['{"code":7}']],
  ['an error that is its own cause', `(error => Object.assign(error, { cause: error }))(new Error('0'))`, []],
]

/** A page that tells of each value in each way. */
const telling = (values: string[]) => `<iframe hidden srcdoc=""></iframe><script>
  onload = () => {
    const other = document.querySelector('iframe').contentWindow
    for (const make of [${values.map((value) => `() => (${value})`)}]) {
      const value = make()
      setTimeout(() => { throw value })
      Promise.reject(value)
      CRUM.addError(value)
      console.error('see', value)
    }
  }
</script>`

type Ways = Record<'thrown' | 'rejected' | 'handled', PageError> & { line: ConsoleCall }

/** All on one page, whose errors come in the order in which they were made: what is told of each value. */
const test = base.extend<{ ways: Ways[] }>({
  ways: [
    async ({ engine }, use) => {
      const values = [...thrown, ...caused].map(([, value]) => value)
      const at = await site({ '/': fieldPage(telling(values)) })
      const visitor = await engine.open()
      await visitor.go(at.url('/'))
      const { view } = await untilTold(at, ({ view }) => {
        expect(view.errors).toHaveLength(3 * values.length)
        expect(view.console).toHaveLength(values.length)
      })
      const handled = view.errors.filter(({ isHandled }) => isHandled)
      const rejected = view.errors.filter(({ type }) => type === 'unhandledrejection')
      const uncaught = view.errors.filter((error) => !handled.includes(error) && !rejected.includes(error))
      await visitor.close()
      await at.close()
      await use(
        values.map((_, row) => ({
          ...{ thrown: uncaught[row] as PageError, rejected: rejected[row] as PageError },
          ...{ handled: handled[row] as PageError, line: view.console[row] as ConsoleCall },
        })),
      )
    },
    { scope: 'file' },
  ],
})

for (const [row, [what, , message]] of thrown.entries()) {
  test(`tells ${what} by its content, thrown, rejected with and handled alike`, ({ ways }) => {
    const { thrown, rejected, handled } = ways[row] as Ways
    for (const error of [thrown, rejected, handled]) expect(error.message).toMatch(message)
    expect([thrown.type, rejected.type, handled.type]).toEqual(['error', 'unhandledrejection', 'error'])
  })
}

test('tells the class of an error in its message or its stack, whichever the browser writes', ({ ways }) => {
  const { thrown: uncaught, rejected, handled } = ways[thrown.findIndex(([what]) => what === 'a RangeError')] as Ways
  for (const { message, stack } of [uncaught, rejected, handled]) expect(`${message}\n${stack}`).toContain('RangeError')
})

for (const [row, [what, , messages]] of caused.entries()) {
  test(`tells what led to ${what}, wherever it is told`, ({ ways }) => {
    const { line, ...errors } = ways[thrown.length + row] as Ways
    for (const { causes = [] } of Object.values(errors)) {
      expect(causes.map(({ message }) => message)).toEqual(messages)
      for (const { type, stack } of causes) expect(type === 'Error' || type === 'AggregateError').toBe(stack !== '')
    }
    const { causes = [] } = (line as { value: Record<number, unknown> }).value[1] as { causes?: { message: unknown }[] }
    const told = causes.map(({ message }) => (typeof message === 'string' ? message : JSON.stringify(message)))
    expect(told).toEqual(messages)
  })
}

test('tells what the page reports with its context, whatever else is tracked, and never throws', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': fieldPage('', { settings: { trackErrors: false } }) })
  const visitor = await tab(at.url('/'))
  const threw = await visitor.run(() => {
    const no = () => {
      throw new Error('no')
    }
    const hostile = new Proxy({}, { get: no, ownKeys: no, getPrototypeOf: no })
    setTimeout(() => {
      throw new Error('not tracked')
    })
    try {
      for (const error of [new Error('boundary'), hostile, undefined, null, 0, Symbol('s'), 1n, no]) {
        CRUM.addError(error, { component: 'Cart' })
      }
      CRUM.addError(new Error('bare'))
      CRUM.addError(new Error('odd'), hostile)
      return false
    } catch {
      return true
    }
  })
  expect(threw).toBe(false)
  const { view } = await untilTold(at, ({ view }) => expect(view.errors.length).toBeGreaterThanOrEqual(10))
  expect(view.errors.every(({ isHandled, type }) => isHandled && type === 'error')).toBe(true)
  expect(view.errors[0]).toMatchObject({
    message: 'boundary',
    context: { component: 'Cart' },
    stack: expect.stringMatching(/./),
  })
  expect(view.errors.find(({ message }) => message === 'bare')).not.toHaveProperty('context')
})

test('tells where in the page something was refused, which is no part of what was', async ({ site, tab }) => {
  const at = await site({
    '/': {
      body: fieldPage('<script src="/app.js"></script>'),
      headers: { 'content-security-policy': "script-src 'self' 'unsafe-inline'" },
    },
    '/app.js': 'try {\n\n  eval("1")\n} catch {}',
  })
  await tab(at.url('/'))
  const { view } = await untilTold(at, ({ view }) => expect(view.errors.map(({ type }) => type)).toContain('csp'))
  const [refused] = view.errors.filter(({ type }) => type === 'csp')
  expect(refused).toMatchObject({ message: 'script-src', source: 'eval', line: 3 })
  expect(refused?.stack).toMatch(`${at.url('/app.js')}:3:`)
})

test('tells of a refusal by a policy that is enforced, not of a report', async ({ site, tab }) => {
  const policies = {
    'content-security-policy': "img-src 'self' data:",
    'content-security-policy-report-only': "img-src 'none'; script-src-elem 'none'; connect-src 'none'",
  }
  const at = await site({
    '/': { body: fieldPage('<img src="https://cdn.test/a.png"><img src="/b.svg">'), headers: policies },
    '/b.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  })
  await tab(at.url('/'))
  await wait(500)
  const { view } = await untilTold(at, ({ view }) => expect(view.errors.map(({ type }) => type)).toContain('csp'))
  const refused = view.errors.filter(({ type }) => type === 'csp')
  // WebKit may refuse what it looks for ahead as well, and says so twice
  for (const one of refused)
    expect(one).toMatchObject({ message: 'img-src', source: expect.stringMatching(/^https:\/\/cdn\.test/) })
})
