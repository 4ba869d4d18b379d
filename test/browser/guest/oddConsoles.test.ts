import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { complaints, expectHealthy, guestPage, received } from './guestPage.ts'

declare const CRUM: Collector
declare const own: Record<string, unknown>

/** A console that has no more than these methods. */
const only = (...names: string[]) =>
  `var { ${names} } = console, own = { ${names} }; Object.defineProperty(window, 'console', { value: { ...own }, writable: true })`

test('loses only the method that a console lacks, and comes off cleanly', async ({ site, tab }) => {
  const at = await site(guestPage({ before: only('log', 'warn', 'error') }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await visitor.evaluate(() => console.warn('heard', 'a warning'))
  await untilTold(received(at), ({ view }) => {
    expect(view.console.map(({ type, value }) => [type, value[0]])).toEqual([
      ['error', 'heard'],
      ['warn', 'heard'],
    ])
  })
  const isOwn = await visitor.evaluate(() => {
    const names = Object.keys(console)
    CRUM.stop()
    return { names, isOwn: Object.entries(console).every(([name, method]) => method === own[name]) }
  })
  expect(isOwn).toEqual({ names: ['log', 'warn', 'error'], isOwn: true })
  expect(heard).toEqual([])
})

/** What the page does without that method. */
const silent = `addEventListener('load', () => {
  CRUM.addEvent('alive', { list: [1, 'two'], at: {} })
  performance.mark('HE-done')
})`

test.for([
  ['error', only('log', 'warn', 'debug')],
  ['any method', only()],
] as const)(
  'goes on where the console has not %s, also when there is something to complain of',
  async ([, before], { site, tab }) => {
    const at = await site({ ...guestPage({ before, settings: { maxEntries: -1 } }), '/work.js': silent })
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await visitor.evaluate(() => CRUM.addEvent(''))
    await expectHealthy(visitor, at, undefined, { console: [] })
    expect(heard).toEqual([])
  },
)
