import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import { globals } from '../../../src/page/takenPage.ts'
import { expectHealthy, guestPage, received } from '../../browser/guest/guestPage.ts'
import { type Told, untilTold } from '../../browser/readings/told.ts'
import { comesBack, thrice } from '../comesBack.ts'
import type { Apis } from '../driver/apis.ts'
import { expect, test } from '../engineTest.ts'
import { heardAt, hearing } from './hearing.ts'

declare const CRUM: Collector

/** Globals that a page can neither declare nor define anew. */
const unforgeable = ['document', 'location']

/** What the source reads of documents and elements: `native(document, 'referrer')`. */
const src = new URL('../../../src/', import.meta.url)
const reads = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => [...readFileSync(new URL(name, src), 'utf8').matchAll(/native\((\w+)[^']*?, '(\w+)'\)/g)])
const namesOf = (what: RegExp) => [
  ...new Set(reads.filter(([, of = '']) => what.test(of)).map(([, , name = '']) => name)),
]
const ofDocuments = [...new Set([...namesOf(/document/), 'addEventListener', 'removeEventListener'])]
const ofElements = namesOf(/^(at|element|target|marked|node|value)$/)

/** It tells all that it is to tell, and the page hears nothing of it. */
test.for(globals.filter((name) => !unforgeable.includes(name)))(
  'tells all in a page that has taken the name %s for itself later',
  async (name, { site, tab }) => {
    const value = `{ get ${name}() { throw new Error('theirs') } }`
    const after = `Object.defineProperty(window, '${name}', { value: ${value}, writable: true, configurable: true })`
    // what the page does itself it does with what it had
    const kept = `var keep = { XMLHttpRequest, addEventListener: addEventListener.bind(window), console, performance }`
    const at = await site(guestPage({ before: hearing('warn', 'error') + kept, after }))
    at.routes['/work.js'] = String(at.routes['/work.js']).replace(
      /(?<=^|\s)(addEventListener|console|performance)(?=[.(])/g,
      'keep.$1',
    )
    const visitor = await tab(at.url('/'))
    await expectHealthy({ close: () => visitor.leave() }, at)
    expect(heardAt(at).filter((line) => !/^heard/.test(line))).toEqual([])
  },
)

const whole = (told: Told, { apis }: { apis: Apis }) => {
  expect(told.view.referer).toMatch(/^http/)
  expect(told.view.errors).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/Error: of the page$/) }),
  )
  expect(told.view.actions).toMatchObject([{ name: 'order', target: 'p' }])
  expect(told.metrics.navigationType).toBe('navigate')
  if (apis['event timing']) expect(told.metrics.attribution?.inp?.target).toBe('form#checkout>p')
}

test.for([
  ['a document', ofDocuments, (name: string) => `<img name="${name}" id="${name}" alt=""><form name="${name}"></form>`],
  ['a form', ofElements, (name: string) => `<input name="${name}">`],
] as const)(
  'tells all in a page in which %s has elements in the place of its own properties',
  async ([what, names, element], { engine, site, tab }) => {
    expect(names.length).toBeGreaterThan(3)
    const inner = names.map(element).join('')
    const body = `<style>p { position: fixed; top: 200px; left: 0; width: 300px; height: 100px; margin: 0 }</style>${what === 'a document' ? inner : ''}
    <form id="checkout" class="order" crum-action="order">${what === 'a form' ? `<div hidden>${inner}</div>` : ''}<p>Order</p></form><script>
    for (const form of document.querySelectorAll('.order')) HTMLElement.prototype.addEventListener.call(form, 'click', () => {
      for (const end = performance.now() + 80; performance.now() < end; );
      form.append('!')
      setTimeout(() => { throw new Error('of the page') })
    })
  </script>`
    const at = await site({ ...guestPage({ body }), '/from': '<a href="/">to the shop</a>', '/next': '<h1>next</h1>' })
    const visitor = await tab(at.url('/from'))
    await visitor.click('a')
    await at.until((beacons) => beacons.length > 0)
    // a driver itself stands on the page's own names
    await visitor.click({ x: 50, y: 250 })
    await wait(500)
    await visitor.leave()
    await untilTold(received(at), (told) => whole(told, engine))
  },
)

/** Names that pages have for values of their own. */
const vars = `var event = {}, status = {}, origin = {}, screen = {}, external = {}, performance = {}, navigation = {}, scheduler = {}, Zone = {}`

test('tells the vitals of a page with such names that comes back, and hands over to sendBeacon when it ends again', async ({
  engine,
  site,
  tab,
}) => {
  const pages = {
    ...guestPage({ after: vars.replace('performance = {}, ', ''), settings: { samplingRate: 2000 } }),
    '/next': '<h1>next</h1>',
  }
  const { at, visitor } = await thrice(async () => {
    const at = await site(pages)
    const visitor = await tab(at.url('/'))
    await untilTold(received(at), ({ view }) => expect(view.events).toHaveLength(1))
    return (await comesBack(visitor, at, '/next', '/')) && { at, visitor }
  })
  await untilTold(received(at), ({ metrics }) => {
    expect(metrics.navigationType).toBe('back-forward-cache')
    for (const name of ['fcp', 'ttfb'] as const) expect(metrics[name]).toBeGreaterThanOrEqual(0)
    expect('lcp' in metrics).toBe(!!engine.apis['largest contentful paint'])
  })
  await visitor.run(() => CRUM.addEvent('last'))
  await visitor.go(at.url('/next'))
  const beacons = await at.until((beacons) => beacons.some(({ text }) => text.includes('"last"')))
  expect(beacons.find(({ text }) => text.includes('"last"'))?.way).toBe('sendBeacon')
})
