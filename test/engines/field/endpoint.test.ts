import { setTimeout as wait } from 'node:timers/promises'
import type { Collector, Settings } from '../../../src/index.ts'
import type { Site } from '../../browser/harness/site.ts'
import { loader } from '../../browser/harness/snippet.ts'
import type { Tab } from '../driver/tab.ts'
import { test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { silence } from './silence.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

const html = (settings: Partial<Settings>, head = '') =>
  `<!doctype html><html><head><title>page</title>${head}${loader('/rum', { samplingRate: 100, entriesRate: 100, ignoreResources: 'no', ...settings })}</head><body>hello</body></html>`

/** The values of an event that the receiver has, each once. */
const arrived = ({ beacons }: Site) => ticksIn(unique(beacons))
const tick = (visitor: Tab, n: number) => visitor.run((n) => CRUM.addEvent('tick', n), n)

const based = (href: string) =>
  `document.head.prepend(Object.assign(document.createElement('base'), { href: '${href}' }))`

test.concurrent.for([
  ['a route', "history.pushState(0, '', '/shop/product/7/details')"],
  ['another base', based('/elsewhere/deep/')],
  ['another base, then a route', `${based('/elsewhere/')};history.pushState(0, '', '/b/c/d')`],
] as const)(
  'asks the endpoint as it was at the start, and is silent on an idle page, whatever comes later: %s',
  async ([, later], { expect, site, ownWindow }) => {
    const at = await site({ '/shop/': html({ endpoint: 'beacons' }) })
    const visitor = await ownWindow(at.url('/shop/'))
    await at.until((beacons) => beacons.length > 0)
    await visitor.script(later)
    await tick(visitor, 1)
    await expect.poll(() => arrived(at)).toEqual([1])
    await silence(at)
    await tick(visitor, 2)
    await visitor.leave()
    await expect.poll(() => arrived(at)).toEqual([1, 2])
    expect(new Set(at.beacons.map(({ path }) => path))).toEqual(new Set(['/shop/beacons']))
    const resources = at.beacons.flatMap(({ payload }) => payload.view.resources ?? [])
    expect(resources.filter(({ name }) => /beacons/.test(name))).toEqual([])
  },
)

test.concurrent("tells of the page's requests to the address of the endpoint with other parameters", async ({
  expect,
  site,
  ownWindow,
}) => {
  const at = await site({ '/': html({ endpoint: '/api?type=rum' }) })
  at.routes['/api?type=cart'] = '{}'
  const visitor = await ownWindow(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.run(() => fetch('/api?type=cart'))
  const names = () => at.beacons.flatMap(({ payload }) => payload.view.resources ?? []).map(({ name }) => name)
  await expect.poll(names).toContain(at.url('/api?type=cart'))
  await silence(at)
  expect(names()).not.toContain(at.url('/api?type=rum'))
})

test.concurrent.for([301, 302, 307, 308])(
  'follows a redirection of the endpoint by %i, body and all, and remembers it',
  async (status, { expect, site, ownWindow }) => {
    const at = await site({ '/': html({ endpoint: '/old' }), '/old': { status, headers: { location: '/in/' } } })
    const visitor = await ownWindow(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    await tick(visitor, 1)
    await expect.poll(() => arrived(at)).toEqual([1])
    await silence(at)
    const before = at.requests.length
    await tick(visitor, 2)
    await expect.poll(() => arrived(at)).toEqual([1, 2])
    // a busy page may have more to tell
    expect(new Set(at.requests.slice(before))).toEqual(new Set(['POST /in/']))
    const resources = at.beacons.flatMap(({ payload }) => payload.view.resources ?? [])
    expect(resources.filter(({ name }) => /old|[/]in[/]/.test(name))).toEqual([])
  },
)

test.concurrent('makes no loop of redirections that never end, and begins again when they do', async ({
  expect,
  site,
  ownWindow,
}) => {
  const to = (location: string) => ({ status: 307, headers: { location } })
  const at = await site({ '/': html({ endpoint: '/a' }), '/a': to('/b'), '/b': to('/c'), '/c': to('/a') })
  const visitor = await ownWindow(at.url('/'))
  await expect.poll(() => at.requests).toContain('POST /c')
  await tick(visitor, 1)
  const turns = () => at.requests.filter((request) => request === 'POST /a').length
  const before = turns()
  await wait(1000)
  // a browser follows 20 before it fails, which is 7 turns; the pauses between attempts are chosen by chance, and double
  expect(turns() - before).toBeLessThan(60)
  delete at.routes['/a']
  await expect.poll(() => arrived(at)).toEqual([1])
})

test.concurrent('asks the endpoint again where what it had redirected to is gone', async ({
  expect,
  site,
  ownWindow,
}) => {
  const other = await site({})
  const at = await site({
    '/': html({ endpoint: '/in' }),
    '/in': { status: 307, headers: { location: other.url('/there') } },
  })
  const visitor = await ownWindow(at.url('/'))
  await other.until((beacons) => beacons.length > 0)
  await silence(other)
  delete at.routes['/in']
  await other.shut()
  await tick(visitor, 1)
  await expect.poll(() => arrived(at)).toEqual([1])
  await other.reopen()
})

test.concurrent('loses nothing to a page to log in, which its endpoint redirects to for a while', async ({
  expect,
  site,
  ownWindow,
}) => {
  const login = { '/in': { status: 302, headers: { location: '/login' } }, '/login': { status: 405 } }
  const at = await site({ '/': html({ endpoint: '/in' }) })
  const visitor = await ownWindow(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  Object.assign(at.routes, login)
  await tick(visitor, 1)
  const refusals = () => at.requests.filter((request) => request === 'POST /login').length
  await expect.poll(refusals).toBeGreaterThan(2)
  delete at.routes['/in']
  await tick(visitor, 2)
  await expect.poll(() => arrived(at).sort()).toEqual([1, 2])
})

test.concurrent('delivers from a page whose URL has a user and a password, which its endpoint inherits', async ({
  expect,
  site,
  ownWindow,
}) => {
  const at = await site({ '/': html({}) })
  const visitor = await ownWindow(at.url('/').replace('//', '//ann:s3cret@'))
  await at.until((beacons) => beacons.length > 0)
  await tick(visitor, 1)
  await expect.poll(() => arrived(at)).toEqual([1])
  for (const { text } of at.beacons) expect(text).not.toContain('s3cret')
})
