import type { Collector } from '../../src/index.ts'
import { untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { inPage } from './inPage.ts'
import { page } from './shop.ts'

declare const CRUM: Collector
declare const uncaught: string[]

/** Before the client: a console that keeps what reaches it, and answers. */
const underneath = `<script>
  var heard = []
  for (const type of ['error', 'warn', 'debug']) {
    console[type] = { [type](first, second) { 'use strict'; heard.push([this, ...arguments]); return type + ' answer' } }[type]
  }
</script>`
declare const heard: [self: unknown, ...args: unknown[]][]

test('hands over this, arguments and the answer, and keeps name and length', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: underneath }) })
  const visitor = await tab(at.url('/'))
  const all = await inPage(visitor, () =>
    (['error', 'warn', 'debug'] as const).map((type) => {
      const self = {}
      const args = [{ id: 1 }, Symbol('s'), undefined, type]
      const answer = Reflect.apply(console[type], self, args)
      const [given, ...others] = heard.at(-1) ?? []
      const { name, length } = console[type]
      return {
        answer,
        name,
        length,
        isSame: given === self && others.every((arg, index) => arg === args[index]),
        count: others.length,
      }
    }),
  )
  for (const [index, type] of ['error', 'warn', 'debug'].entries()) {
    expect(all[index]).toEqual({ answer: `${type} answer`, name: type, length: 2, isSame: true, count: 4 })
  }
  await untilTold(at, ({ view }) => expect(view.console).toHaveLength(3))
})

test('survives 10,000 calls in a row, and keeps each beacon below 64 KiB', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings: { samplingRate: 400 } }) })
  const visitor = await tab(at.url('/'))
  await inPage(visitor, () => {
    for (let index = 0; index < 10_000; index++) console.debug('line', index, { page: 'home', items: [1, 2, 3] })
    CRUM.addEvent('end')
  })
  await untilTold(at, ({ view, payloads }) => {
    const lost = payloads.reduce((sum, { beacon }) => sum + (beacon.dropped?.['view.console[]'] ?? 0), 0)
    expect(view.events.some((event) => 'end' in event)).toBe(true)
    expect(view.console.length + lost).toBe(10_000)
  })
  const sizes = at.beacons.map(({ text }) => Buffer.byteLength(text))
  expect(await visitor.run(() => uncaught)).toEqual([])
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
})

test('bounds each line', async ({ site, tab }) => {
  // WebKit's own console makes a text of a long list, for half a minute; the client works in front of a console that does nothing
  const at = await site({ '/': page({ head: '<script>console.debug = () => {}</script>' }) })
  const visitor = await tab(at.url('/'))
  await inPage(visitor, () => {
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 'x'.repeat(1000)]))
    const tree = (depth: number): unknown => (depth ? Array.from({ length: 20 }, () => tree(depth - 1)) : 'leaf')
    console.debug('x'.repeat(10_000_000))
    console.debug(...Array.from({ length: 5000 }, () => 'y'.repeat(5000)))
    console.debug(wide)
    console.debug(tree(4))
    console.debug('\u{1F600}'.repeat(100_000), '\u0000'.repeat(100_000), '"'.repeat(100_000))
    console.debug(Array.from({ length: 50 }, () => ({ ['\u0001'.repeat(10_000)]: '\u0001'.repeat(10_000) })))
    console.debug(new Array(1_000_000_000), new Uint8Array(1_000_000), new Map([[{}, wide]]))
  })
  const { view } = await untilTold(at, ({ view }) => expect(view.console).toHaveLength(7))
  const sizes = view.console.map((line) => Buffer.byteLength(JSON.stringify(line)))
  // 8,000 characters, each of which JSON may write as six bytes, and their brackets
  expect(Math.max(...sizes)).toBeLessThan(60 * 1024)
})

test('copies circular and hostile values, reads each getter once, and throws nothing', async ({ site, tab }) => {
  const at = await site({ '/': page() })
  const visitor = await tab(at.url('/'))
  const reads = await inPage(visitor, () => {
    let reads = 0
    const no = () => {
      throw new Error('hostile')
    }
    const ring: Record<string, unknown> = { name: 'ring' }
    ring.self = ring
    const handler = new Proxy({}, { get: () => no })
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.sandbox.add('allow-scripts')
    frame.src = 'data:text/html,elsewhere'
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const hostile = [
      ring,
      {
        get bad() {
          return no()
        },
        good: 1,
      },
      {
        get once() {
          reads++
          return 1
        },
      },
      { toJSON: no },
      { toString: no, valueOf: no, [Symbol.toPrimitive]: no },
      new Proxy({}, handler),
      revoked.proxy,
      Symbol('sign'),
      10n,
      Number.NaN,
      undefined,
      null,
      no,
      document,
      document.body,
      window,
      frame.contentWindow,
      new Error('plain'),
      Object.create(null),
      new Date(Number.NaN),
      new WeakMap(),
      Promise.resolve(),
    ]
    for (const value of hostile) {
      try {
        console.debug('value', value)
      } catch {
        throw new Error('console.debug threw')
      }
    }
    return reads
  })
  const { view } = await untilTold(at, ({ view }) => expect(view.console).toHaveLength(22))
  const values = view.console.map(({ value }) => value[1])
  expect(values.slice(0, 2)).toEqual([
    { name: 'ring', self: '[circular]' },
    { bad: '[unreadable]', good: 1 },
  ])
  expect(values[17]).toMatchObject({ message: 'plain' })
  expect(reads).toBe(1)
  expect(await visitor.run(() => uncaught)).toEqual([])
})

test('lets what a getter logs pass unread, and hears the next call again', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: underneath }) })
  const visitor = await tab(at.url('/'))
  const count = await inPage(visitor, () => {
    console.debug({
      get loud() {
        console.debug('inner')
        return 'said'
      },
    })
    console.debug('next')
    return heard.length
  })
  const { view } = await untilTold(at, ({ view }) => expect(view.console.at(-1)?.value).toEqual({ 0: 'next' }))
  expect(view.console.map(({ value }) => value[0])).toEqual([{ loud: 'said' }, 'next'])
  expect(count).toBe(3)
})

test('hears again after a debug stream that logs, and never calls itself', async ({ site, tab }) => {
  const at = await site({ '/': page() })
  const visitor = await tab(at.url('/'))
  await inPage(visitor, () => {
    CRUM.debug$.subscribe(({ type }) => console.debug('step', type))
    console.error('mine')
  })
  await untilTold(at, ({ view }) => expect(view.console.map(({ value }) => value[0])).toContain('mine'))
  expect(await visitor.run(() => document.readyState)).toBe('complete')
})

const tool = (name: string) => `{
  const original = console.error
  window.${name} = { lines: 0, undo() { console.error = original } }
  console.error = function (...args) { ${name}.lines++; return original.apply(this, args) }
}`

test.for([
  ['the client first', ['CRUM.stop()', 'after.undo()'], ['2 2', '3 2']],
  ['the other first', ['after.undo()', 'CRUM.stop()'], ['2 1', '3 1']],
] as const)('comes off between two other tools, %s', async ([, undo, expected], { site, tab }) => {
  const at = await site({ '/': page({ head: `<script>${tool('before')}</script>` }) })
  const visitor = await tab(at.url('/'))
  await visitor.script(`${tool('after')}; console.error('one')`)
  await untilTold(at, ({ view }) => expect(view.console.map(({ value }) => value[0])).toEqual(['one']))
  const steps = undo.map((step) => `${step}; console.error('two'); counts.push(before.lines + ' ' + after.lines)`)
  await visitor.script(`var counts = []; ${steps.join(';')}`)
  expect(await visitor.run(() => (window as unknown as { counts: string[] }).counts)).toEqual(expected)
})

test('gives the console back as it was', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: '<script>var native = { ...console }</script>' }) })
  const visitor = await tab(at.url('/'))
  const isSame = () => {
    const { native } = globalThis as unknown as { native: Console }
    return (['error', 'warn', 'debug'] as const).map((type) => console[type] === native[type])
  }
  expect(await inPage(visitor, isSame)).toEqual([false, false, false])
  await visitor.run(() => CRUM.stop())
  expect(await inPage(visitor, isSame)).toEqual([true, true, true])
})
