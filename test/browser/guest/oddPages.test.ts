import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import type { AnyStep } from '../../helpers/steps.ts'
import { expect, test } from '../harness/browserTest.ts'
import type { Site } from '../harness/site.ts'
import { bundle } from './bundle.ts'
import { complaints, expectHealthy, guestPage } from './guestPage.ts'

declare const CRUM: Collector

const file = (path: string) => readFileSync(new URL(`../../../node_modules/${path}`, import.meta.url), 'utf8')

/** What a page does to the ground that every script stands on, and by what one sees there that it has. */
type Oddity = [what: string, script: string, proof?: string]

/**
 * Real libraries first; of MooTools and Prototype the halves that change the language, as they are published for servers.
 * What they do leaves everything possible.
 */
const possible: Oddity[] = [
  ['a Promise of Bluebird', file('bluebird/js/browser/bluebird.min.js'), 'Promise.version'],
  ['MooTools', file('mootools/lib/mootools-core-1.5.2-server.js'), '[1].getLast() === 1 && "a".capitalize() === "A"'],
  [
    'Prototype',
    await bundle(`import all from 'prototype'; Object.assign(window, all)`),
    '[1].first() === 1 && "a".capitalize() === "A" && $w("a b").last() === "b"',
  ],
  [
    'frozen primordials, by SES',
    `${file('ses/dist/lockdown.umd.min.js')}; lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', reporting: 'none' })`,
    'Object.isFrozen(Array.prototype)',
  ],
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
    'Date.now() === 0',
  ],
  ['a MutationObserver that fails', `MutationObserver = class { constructor() { throw new Error('no observer') } }`],
  [
    'timers that tell a framework of each call',
    `var turns = 0
     for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame']) {
       const original = window[name]
       window[name] = (action, ...more) => original.call(window, (...given) => { turns++; action(...given) }, ...more)
     }
     setTimeout(() => {})`,
    'turns > 0',
  ],
]

const stillNow: Oddity = ['a performance.now that stands still', `performance.now = () => 0`, 'performance.now() === 0']

async function expectOdd(visitor: Page, [, , proof]: Oddity) {
  if (proof) await expect.poll(() => visitor.evaluate(proof)).toBeTruthy()
}

test.for([...possible, stillNow])(
  'tells all in a page with %s, whose script came first',
  async (odd, { site, tab }) => {
    const at = await site(guestPage({ before: odd[1] }))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await expectOdd(visitor, odd)
    await expectHealthy(visitor, at)
    expect(heard).toEqual([])
  },
)

const allFrozen: Oddity = [
  'everything frozen that can be',
  `for (const name of Object.getOwnPropertyNames(window)) {
     const value = window[name]
     if (typeof value === 'function') Object.freeze(value.prototype)
     if (typeof value === 'function' || /^(JSON|Math|Reflect|console|performance|navigator|history)$/.test(name)) Object.freeze(value)
   }`,
  'Object.isFrozen(console)',
]

test('tells all but the lines of a console that was frozen before', async ({ site, tab }) => {
  const at = await site(guestPage({ before: allFrozen[1] }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expectOdd(visitor, allFrozen)
  await expectHealthy(visitor, at, undefined, { console: [] })
  expect(heard).toEqual([])
})

const steps = (visitor: Page): Promise<AnyStep[]> =>
  visitor.evaluate(() => {
    const steps: AnyStep[] = []
    CRUM.debug$.subscribe((step) => steps.push(step)).unsubscribe()
    return steps.map(({ type, part, field, message }) => ({ type, part, field, message })) as AnyStep[]
  })

const noJson: Oddity = ['a JSON that fails', `JSON.stringify = JSON.parse = () => { throw new Error('no JSON') }`]
const otherJson: Oddity = [
  'a JSON that says something else',
  `JSON = { stringify: () => '"theirs"', parse: () => ({}) }`,
]

/** Where there is no JSON, nothing can be sent: all else goes on, and who asks is told. */
test.for([
  [...noJson, { type: 'error', part: 'sink', message: expect.stringContaining('no JSON') }],
  [...otherJson, { type: 'sample' }],
] as const)(
  'goes as far as it can in a page with %s, whose script came first',
  async ([, script, step], { site, tab }) => {
    const at = await site(guestPage({ before: script }))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await expect.poll(() => at.requests).toContain('GET /done')
    await expect.poll(() => steps(visitor)).toContainEqual(expect.objectContaining(step))
    expect((await steps(visitor)).map(({ type }) => type)).not.toContain('stop')
    await visitor.close()
    expect(heard.filter((line) => !line.startsWith('crum: '))).toEqual([])
  },
)

/** What leaves nothing to work with where it came first: the originals were taken before. */
const taken: Oddity[] = [
  stillNow,
  allFrozen,
  noJson,
  otherJson,
  [
    'timers that never come',
    `for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'requestIdleCallback']) window[name] = () => 0`,
    'setTimeout() === 0',
  ],
]

/** No clock of the page has been taken for ours. */
const inTime = async (visitor: Page, at: Site) => {
  const { view, metrics } = await expectHealthy(visitor, at)
  expect(Math.min(...[...view.events, ...view.console].map(({ timeStamp }) => Number(timeStamp)))).toBeGreaterThan(0)
  expect(metrics.ttfb).toBeGreaterThan(0)
  expect(metrics.domComplete).toBeGreaterThan(0)
}

test.for([...possible, ...taken])(
  'tells all in a page with %s, whose script came later',
  async (odd, { site, tab }) => {
    const at = await site(guestPage({ after: odd[1] }))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await expectOdd(visitor, odd)
    await inTime(visitor, at)
    expect(heard).toEqual([])
  },
)
