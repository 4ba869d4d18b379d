import type { Page } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { guestPage, received } from './guestPage.ts'

const settings = { samplingRate: 100 }

/** What is logged, as source text for the page, and what is told of it. */
const values: [what: string, value: string, told: unknown][] = [
  ['a text of 5 MB', `'x'.repeat(5e6)`, `${'x'.repeat(2000)}…`],
  ['a list of 200,000', 'Array.from({ length: 2e5 }, (_, index) => index)', [...Array(50).keys(), '…']],
  ['a list of 200,000 without anything in it', 'new Array(2e5)', [...Array(50).fill(null), '…']],
  [
    'an object of 200,000 keys',
    `Object.fromEntries(Array.from({ length: 2e5 }, (_, index) => ['k' + index, index]))`,
    // to list its keys alone may take too long
    expect.objectContaining({ k0: 0, '…': '…' }),
  ],
  [
    '5,000 levels',
    '(() => { let deep = 0; for (let level = 0; level < 5000; level++) deep = { deep }; return deep })()',
    { deep: { deep: { deep: { deep: { deep: '[Object]' } } } } },
  ],
  ['a symbol', `Symbol('sign')`, 'Symbol(sign)'],
  ['a bigint', '12345678901234567890n', '12345678901234567890'],
  [
    'a map',
    `new Map([['a', { b: 1 }], [{}, 2]])`,
    [
      ['a', { b: 1 }],
      [{}, 2],
    ],
  ],
  ['a set', `new Set([1, 'b', [2]])`, [1, 'b', [2]]],
  ['an invalid date', 'new Date(NaN)', null],
  ['a date', 'new Date(0)', '1970-01-01T00:00:00.000Z'],
  ['a typed array', 'new Float64Array(1e6)', '[Float64Array]'],
  ['raw memory', 'new ArrayBuffer(1e6)', '[ArrayBuffer]'],
  ['a function', 'function save() {}', '[function save]'],
  ['a class', 'class Cart {}', '[function Cart]'],
  ['an element', 'document.querySelector("h1")', '<h1>'],
  ['a text node', 'document.querySelector("h1").firstChild', '[Text]'],
  ['the document', 'document', '[HTMLDocument]'],
  ['the window', 'window', '[Window]'],
  ['a window of another origin', 'document.querySelector("iframe").contentWindow', expect.stringMatching(/^\[.*\]$/)],
  ['the location of another origin', 'document.querySelector("iframe").contentWindow.location', expect.anything()],
  ['a proxy that throws', 'new Proxy({}, new Proxy({}, { get() { throw 1 } }))', '[unreadable]'],
  ['a getter that throws', '({ get a() { throw 1 }, b: 2 })', { a: '[unreadable]', b: 2 }],
  ['a toJSON that throws', '({ toJSON() { throw 1 } })', '[unreadable]'],
  ['a circle', '(() => { const ring = { a: 1 }; ring.ring = ring; return ring })()', { a: 1, ring: '[circular]' }],
  ['an event', 'new Event("turn")', { type: 'turn', target: null, isTrusted: false }],
]

const log = async (visitor: Page, value: string) => {
  // by a script of the page, which keeps nothing for the test
  await visitor.addScriptTag({ content: `console.warn('value', ${value})` })
}

test.for(values)('tells %s in bounds', async ([, value, expected], { site, tab }) => {
  const other = await site({ '/': 'other' })
  const at = await site(guestPage({ settings, body: `<iframe src="${other.url('/')}"></iframe>` }))
  const visitor = await tab(at.url('/'))
  await log(visitor, value)
  const { view } = await untilTold(received(at), ({ view }) =>
    expect(view.console.filter(({ type }) => type === 'warn')).toHaveLength(1),
  )
  const line = view.console.find(({ type }) => type === 'warn')
  expect(line?.value).toEqual({ 0: 'value', 1: expected })
  expect(Buffer.byteLength(JSON.stringify(line))).toBeLessThan(60 * 1024)
})

test('tells an error with its causes', async ({ site, tab }) => {
  const at = await site(guestPage({ settings }))
  const visitor = await tab(at.url('/'))
  await log(
    visitor,
    `Object.assign(new TypeError('outer', { cause: new RangeError('inner', { cause: 'deep' }) }), { status: 503 })`,
  )
  const { view } = await untilTold(received(at), ({ view }) => expect(view.console).toHaveLength(2))
  expect(view.console.find(({ type }) => type === 'warn')?.value[1]).toEqual({
    ...{ name: 'TypeError', message: 'outer', status: 503, stack: expect.stringContaining('TypeError: outer') },
    causes: [
      { type: 'RangeError', message: 'inner', stack: expect.stringContaining('RangeError: inner') },
      { type: 'String', message: 'deep', stack: '' },
    ],
  })
})

test('reads no further once a value has taken too long, and lets the call through', async ({ site, tab }) => {
  const at = await site(guestPage({ settings }))
  const visitor = await tab(at.url('/'))
  await log(
    visitor,
    `Array.from({ length: 40 }, () => ({ get slow() { for (const end = Date.now() + 30; Date.now() < end;); return 'read' } }))`,
  )
  const { view } = await untilTold(received(at), ({ view }) => expect(view.console).toHaveLength(2))
  const list = view.console.find(({ type }) => type === 'warn')?.value[1] as unknown[]
  expect(list.length).toBeLessThan(10)
  expect(list.at(-1)).toBe('…')
})
