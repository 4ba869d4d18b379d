import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { told, untilTold } from '../readings/told.ts'
import { bundle } from './bundle.ts'
import { complaints, expectHealthy, expectSample, guestHtml, guestPage, received, work } from './guestPage.ts'

declare const CRUM: Collector

test('tells all from a page of XHTML', async ({ site, tab }) => {
  const html = guestHtml({ attributes: 'async="async"' }).replace(
    '<html lang="en">',
    '<html xmlns="http://www.w3.org/1999/xhtml">',
  )
  const at = await site({
    ...guestPage(),
    '/': {
      body: html.replace('async="async"', '').replace('<h1>shop</h1>', '<h1 crum-action="order">shop</h1>'),
      headers: { 'content-type': 'application/xhtml+xml;charset=utf-8' },
    },
  })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await visitor.click('h1')
  await expectHealthy(visitor, at, ({ view }) =>
    expect(view.actions).toMatchObject([{ name: 'order', target: 'h1', type: 'click' }]),
  )
  expect(heard).toEqual([])
})

test('tells all from a page of the file system', async ({ site, tab }) => {
  const at = await site(guestPage())
  const folder = await mkdtemp(join(tmpdir(), 'crum-page-'))
  try {
    const path = join(folder, 'page.html')
    await writeFile(path, guestHtml().replaceAll('src="/', `src="${at.origin}/`))
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(pathToFileURL(path).href)
    const { view } = await expectHealthy(visitor, at)
    expect(view).toMatchObject({ protocol: 'file:', host: '' })
    expect(heard).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** A page around another one; of the inner one's complaints only those of itself are heard, too. */
const around = (attributes: string) => `<!doctype html><html><body><iframe ${attributes}></iframe></body></html>`

test('tells all from a page in a frame of another origin', async ({ site, tab }) => {
  const at = await site(guestPage())
  const outer = await site({ '/': around(`src="${at.url('/')}"`) })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(outer.url('/'))
  const { view } = await expectHealthy(visitor, at)
  expect(view.referer).toBe(outer.url('/'))
  expect(heard).toEqual([])
})

test.for([
  ['a sandboxed frame', around('src="/" sandbox="allow-scripts"'), ''],
  ['a frame of its own text', around(`srcdoc='${guestHtml()}' sandbox="allow-scripts"`), ''],
  ['a page that is sandboxed by its policy', '', 'sandbox allow-scripts'],
] as const)('tells all from %s, whose origin is opaque', async ([, html, policy], { site, tab }) => {
  const at = await site({
    ...guestPage({ headers: policy ? { 'content-security-policy': policy } : {} }),
    '/outer': html,
  })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url(html ? '/outer' : '/'))
  await expectHealthy(visitor, at)
  expect(at.beacons.map(({ headers }) => headers.origin)).toEqual(at.beacons.map(() => 'null'))
  expect(heard).toEqual([])
})

test('tells all from a page that has set document.domain', async ({ site, ownBrowser }) => {
  const at = await site(
    guestPage({
      before: 'document.domain = "shop.test"',
      after: 'document.domain = "shop.test"',
      headers: { 'origin-agent-cluster': '?0' },
    }),
    { host: 'www.shop.test' },
  )
  const { context } = await ownBrowser({ hosts: { 'www.shop.test': at.port } })
  const visitor = await context.newPage()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  expect(await visitor.evaluate(() => document.domain)).toBe('shop.test')
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})

/** A Chromium whose visitor has set something. */
const profile = async (preferences: object, use: (switches: string[]) => Promise<void>) => {
  const folder = await mkdtemp(join(tmpdir(), 'crum-profile-'))
  try {
    await mkdir(join(folder, 'Default'))
    await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify({ profile: preferences }))
    await use([`--user-data-dir=${folder}`])
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

test('tells all where the visitor has switched cookies off, and with them all storage', async ({
  site,
  ownBrowser,
}) => {
  const at = await site(guestPage())
  await profile({ default_content_setting_values: { cookies: 2 } }, async (args) => {
    const { context, close } = await ownBrowser({ args })
    const visitor = await context.newPage()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    const refused = await visitor.evaluate(() => {
      try {
        return typeof localStorage
      } catch (error) {
        return (error as Error).name
      }
    })
    expect(refused).toBe('SecurityError')
    await expectHealthy(visitor, at)
    expect(heard).toEqual([])
    await close()
  })
})

test('tells all from a frame of another site where the visitor has switched off its cookies', async ({
  site,
  ownBrowser,
}) => {
  const at = await site(guestPage(), { host: 'inner.test' })
  const outer = await site({ '/': around(`src="${at.url('/')}"`) }, { host: 'outer.test' })
  await profile({ cookie_controls_mode: 1, block_third_party_cookies: true }, async (args) => {
    const { context, close } = await ownBrowser({ hosts: { 'inner.test': at.port, 'outer.test': outer.port }, args })
    const visitor = await context.newPage()
    const heard = complaints(visitor)
    await visitor.goto(outer.url('/'))
    await expectHealthy(visitor, at)
    expect(heard).toEqual([])
    await close()
  })
})

const throwing = (name: string) =>
  `Object.defineProperty(window, '${name}', { get() { throw new DOMException('no', 'SecurityError') } })`

test.for([
  ['localStorage that throws when it is named', throwing('localStorage')],
  ['localStorage that is null', `Object.defineProperty(window, 'localStorage', { value: null })`],
  [
    'localStorage that throws when it is used',
    `for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new Error('no storage') }`,
  ],
  [
    'localStorage that keeps nothing, or nonsense',
    `Storage.prototype.setItem = () => {}; Storage.prototype.getItem = () => '{"id":'`,
  ],
  ['indexedDB that throws when it is named', throwing('indexedDB')],
  ['indexedDB that is null', `Object.defineProperty(window, 'indexedDB', { value: null })`],
  ['indexedDB that throws when it is used', `IDBFactory.prototype.open = () => { throw new Error('no storage') }`],
  ['indexedDB that never answers', `IDBFactory.prototype.open = () => new EventTarget()`],
  [
    'indexedDB that opens, and then never answers',
    `for (const name of ['put', 'add', 'get', 'getAll', 'getAllKeys', 'delete', 'count', 'openCursor']) IDBObjectStore.prototype[name] = () => new EventTarget()`,
  ],
  [
    'indexedDB that is blocked for good',
    `IDBFactory.prototype.open = () => { const request = new EventTarget(); setTimeout(() => request.dispatchEvent(new Event('blocked'))); return request }`,
  ],
  ['locks that are never granted', `if (navigator.locks) LockManager.prototype.request = () => new Promise(() => {})`],
  [
    'locks that are refused',
    `if (navigator.locks) LockManager.prototype.request = () => Promise.reject(new Error('no'))`,
  ],
] as const)('tells all with %s', async ([, script], { site, tab }) => {
  const at = await site(guestPage({ before: script }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})

test('goes on with the settings of the first of two scripts that differ', async ({ site, tab }) => {
  const second = `CRUM = { samplingRate: 300, labels: 'c=3', endpoint: '/second', trackConsole: false }`
  const at = await site({ ...guestPage(), '/second.js': second, '/other.js': (await site({})).routes['/rum'] ?? '' })
  const visitor = await tab()
  const heard = complaints(visitor)
  at.routes['/'] = guestHtml().replace(
    '<script src="/after.js">',
    '<script src="/second.js"></script><script src="/other.js"></script><script src="/after.js">',
  )
  await visitor.goto(at.url('/'))
  await expectHealthy(visitor, at)
  expect(at.beacons.map(({ path }) => path)).toEqual(at.beacons.map(() => '/rum'))
  // and says so, once
  expect(heard).toEqual([expect.stringContaining('CRUM was set after the script had started')])
})

declare const one: Collector
declare const two: Collector

test('runs two collectors of the package with different settings side by side', async ({ site, tab }) => {
  const at = await site({
    '/': `<!doctype html><html><head><script src="/both.js"></script></head><body><script src="/work.js"></script></body></html>`,
    '/work.js': work,
    '/done': { status: 204 },
    '/both.js': await bundle(`
      import { collect } from '../../../dist/index.js'
      window.native = console.error
      window.one = window.CRUM = collect({ endpoint: '/one', samplingRate: 200, labels: 'a=1, b=2', ignoreResources: '/one' })
      window.two = collect({ endpoint: '/two', samplingRate: 100, labels: 'c=3', trackConsole: false, maskUrl: () => 'masked' })
      two.addEvent('other')
    `),
  })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  const of = (path: string) => ({ ...at, beacons: at.beacons.filter((beacon) => beacon.path === path) })
  await untilTold(received(at), () => {
    expect(at.beacons.some(({ path }) => path === '/two')).toBe(true)
    expectSample(told(at.beacons.filter(({ path }) => path === '/one')))
  })
  const [first] = of('/two').beacons
  expect(first?.payload).toMatchObject({
    view: { href: 'masked', events: [{ other: {} }] },
    attributes: { labels: ['c=3'] },
  })
  expect(first?.payload.view.console).toBeUndefined()
  expect(await stoppedInTurn(visitor)).toEqual([false, true])
  expect(heard).toEqual([])
})

/** Whether the console is its own again after each of them has been stopped. */
const stoppedInTurn = (visitor: Page) =>
  visitor.evaluate(() =>
    [two, one].map((collector) => {
      collector.stop()
      return console.error === (globalThis as unknown as { native: unknown }).native
    }),
  )
