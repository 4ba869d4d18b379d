import { readFileSync } from 'node:fs'
import { expect, test } from '../harness/browserTest.ts'
import { complaints, expectHealthy, guestPage } from './guestPage.ts'

const file = (path: string) => readFileSync(new URL(`../../../node_modules/${path}`, import.meta.url), 'utf8')

type Oddity = [what: string, script: string]

/** What pages do to the ground that every script stands on, real libraries first, and what they leave possible. */
const possible: Oddity[] = [
  ['a Promise of Bluebird', file('bluebird/js/browser/bluebird.min.js')],
  [
    'a toJSON of all arrays, texts, numbers and objects, as old libraries gave them',
    `for (const { prototype } of [Array, String, Number, Boolean, Object]) prototype.toJSON = function () { return '"quoted"' }`,
  ],
  [
    'more on Object.prototype',
    `for (const name of 'extend each keys values clone merge size watch get set next then'.split(' ')) Object.prototype[name] = function () { return this }
     Object.assign(Object.prototype, { name: 'theirs', value: 1, id: 'id', length: 3 })`,
  ],
  [
    'a property of Object.prototype that throws',
    `Object.defineProperty(Object.prototype, 'oops', { get() { throw new Error('oops') }, enumerable: true, configurable: true })`,
  ],
  [
    'more on Array.prototype and Function.prototype',
    `for (const name of 'each first last size clone'.split(' ')) Array.prototype[name] = Function.prototype[name] = function () { return this }`,
  ],
  [
    'a JSON of their own',
    `{ const { stringify, parse } = JSON; JSON = { stringify: (value) => stringify(value), parse: (text) => parse(text) } }`,
  ],
  [
    'a Date of their own that stands still',
    `Date = class extends Date { constructor(time = 0) { super(time) } static now() { return 0 } }`,
  ],
  ['a MutationObserver that fails', `MutationObserver = class { constructor() { throw new Error('no observer') } }`],
  ['a performance.now that stands still', `performance.now = () => 0`],
]

test.for(possible)('tells all in a page with %s, whose script came first', async ([, script], { site, tab }) => {
  const at = await site(guestPage({ before: script }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})

/** What leaves nothing to work with where it came first: the originals were taken before. */
const taken: Oddity[] = [
  [
    'frozen primordials, by SES',
    `${file('ses/dist/lockdown.umd.min.js')}; lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', reporting: 'none' })`,
  ],
  [
    'everything frozen that can be',
    `for (const name of Object.getOwnPropertyNames(window)) {
       const value = window[name]
       if (typeof value === 'function') Object.freeze(value.prototype)
       if (typeof value === 'function' || /^(JSON|Math|Reflect|console|performance|navigator|history)$/.test(name)) Object.freeze(value)
     }`,
  ],
  ['a JSON that fails', `JSON.stringify = JSON.parse = () => { throw new Error('no JSON') }`],
  ['a JSON that says something else', `JSON = { stringify: () => '"theirs"', parse: () => ({}) }`],
]

test.for(taken)('breaks nothing in a page with %s, whose script came first', async ([, script], { site, tab }) => {
  const at = await site(guestPage({ before: script }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await visitor.waitForTimeout(500)
  await visitor.close()
  expect(at.requests).toContain('GET /done')
  expect(heard.filter((line) => !line.startsWith('crum: '))).toEqual([])
})

test.for([...possible, ...taken])(
  'tells all in a page with %s, whose script came later',
  async ([, script], { site, tab }) => {
    const at = await site(guestPage({ after: script }))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await expectHealthy(visitor, at)
    expect(heard).toEqual([])
  },
)
