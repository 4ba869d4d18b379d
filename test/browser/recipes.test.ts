import type { Page } from 'playwright'
import type { Collector } from '../../src/index.ts'
import { snippet } from '../docs/snippets.ts'
import { Workshop } from '../docs/workshop.ts'
import { bundle } from './guest/bundle.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import { hide, show } from './harness/tabs.ts'
import { told, untilTold } from './readings/told.ts'

/** What a recipe exports, made global. */
declare const recipe: Record<'rum' | 'ours' | 'theirs', Collector> & {
  nameRoute(path?: string): void
  decide(mayMeasure: boolean): void
}

/** Pages with the code of these files of `docs/recipes.md`; the exports of all are `recipe`. */
async function pagesWith(...files: string[]) {
  const { folder } = await Workshop.of('recipes.md')
  const imports = files.map((file, n) => `import * as part${n} from ${JSON.stringify(`${folder}/${file}`)}`)
  const parts = files.map((_, n) => `...part${n}`)
  const html = `<!doctype html><html><head><title>shop</title></head><body>${snippet('recipes.md', 'Consent', 'html')}
    <script src="/app.js"></script></body></html>`
  return {
    '/': html,
    '/next': html,
    '/app.js': await bundle(`${imports.join('\n')}\nwindow.recipe = { ${parts} }`),
  }
}

/** Has the page tell what it has. */
async function flush(visitor: Page) {
  await hide(visitor)
  await show(visitor)
}

const isOf =
  (name: string) =>
  ({ payload }: Arrival) =>
    payload.view.events?.some((event) => name in event)

test('a single-page app names its views after their routes', async ({ site, tab }) => {
  const at = await site(await pagesWith('rum.ts', 'routes.ts'))
  const visitor = await tab(at.url('/'))
  for (const path of ['/product/1', '/product/2', '/about', '/order/7/thanks']) {
    await visitor.evaluate((path) => {
      history.pushState(0, '', path)
      recipe.nameRoute()
      recipe.rum.addEvent(path)
    }, path)
  }
  await flush(visitor)
  await at.until((beacons) => beacons.some(isOf('/order/7/thanks')))
  const named = ['/product/1', '/product/2', '/about', '/order/7/thanks'].map((path) => {
    const { id, pathname } = at.beacons.find(isOf(path))?.payload.view ?? {}
    return [pathname, id]
  })
  expect(named).toEqual([
    ['/product/1', '/product/:id'],
    ['/product/2', '/product/:id'],
    ['/about', '/about'],
    ['/order/7/thanks', '/order/:id/thanks'],
  ])
  // no view but those of the routes
  const { payloads } = told(at.beacons)
  expect([...new Set(payloads.map(({ view }) => view.pathname))]).toHaveLength(5)
  expect(new Set(payloads.map(({ beacon }) => beacon.id.replace(/-[^-]*$/, ''))).size).toBe(1)
})

test('Angular names its views after its routes, and tells what it catches', async ({ site, tab }) => {
  const workshop = await Workshop.of('recipes.md')
  const app = await bundle(`
    import 'zone.js'
    import '@angular/compiler'
    import { Component, NgZone, provideZoneChangeDetection } from '@angular/core'
    import { bootstrapApplication } from '@angular/platform-browser'
    import { provideRouter, Router, RouterOutlet } from '@angular/router'
    import { provideRum } from ${JSON.stringify(`${workshop.folder}/rum.provider.ts`)}

    const page = (template, more = class {}) => Component({ selector: 'app-page', template })(more)
    const App = Component({ selector: 'app-root', imports: [RouterOutlet], template: '<router-outlet />' })(class {})
    const Failing = page('failed', class { constructor() { setTimeout(() => { throw new Error('mine') }) } })
    const routes = [
      { path: '', component: page('home') },
      { path: 'shop', children: [{ path: 'product/:id', component: page('product') }] },
      { path: 'failing', component: Failing },
    ]
    addEventListener('DOMContentLoaded', async () => {
      const { injector } = await bootstrapApplication(App, {
        providers: [provideZoneChangeDetection(), provideRouter(routes), provideRum()],
      })
      window.go = (path) => injector.get(NgZone).run(() => injector.get(Router).navigateByUrl(path))
    })
  `)
  const html = `<!doctype html><html><head><base href="/"><script src="/app.js"></script><script id="CRUM" src="/rum" async></script>
    </head><body><app-root></app-root></body></html>`
  const at = await site({ '/': html, '/app.js': app })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction('window.go')
  for (const path of ['/shop/product/7', '/failing']) await visitor.evaluate(`go('${path}')`)
  await visitor.waitForTimeout(100)
  await flush(visitor)
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.errors))
  const names = Object.fromEntries(at.beacons.map(({ payload: { view } }) => [view.pathname, view.id]))
  expect(names).toMatchObject({ '/shop/product/7': '/shop/product/:id', '/failing': '/failing' })
  expect(at.beacons.flatMap(({ payload }) => payload.view.errors ?? [])).toMatchObject([
    { message: 'mine', stack: expect.stringContaining('mine'), isHandled: true },
  ])
})

/** All that is kept on the device. */
const stored = (visitor: Page) =>
  visitor.evaluate(async () => ({
    keys: Object.keys(localStorage).sort(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookies: document.cookie,
  }))

test('consent: nothing is stored before the answer, all is told after a yes, and a no deletes it', async ({
  site,
  tab,
}) => {
  const at = await site(await pagesWith('consent.ts'))
  const visitor = await tab(at.url('/'))
  await flush(visitor)
  expect(await stored(visitor)).toEqual({ keys: [], databases: [], cookies: '' })
  expect(at.beacons).toEqual([])
  await visitor.click('#consent [value=yes]')
  await flush(visitor)
  await untilTold(at, ({ metrics, view }) => {
    expect(metrics.ttfb).toBeGreaterThan(0)
    expect(view.resources.map(({ name }) => name)).toContain(at.url('/app.js'))
  })
  expect(await visitor.isVisible('#consent')).toBe(false)
  expect(await stored(visitor)).toEqual({ keys: ['CRUM', 'shop-may-measure'], databases: ['CRUM'], cookies: '' })
  // the next page knows
  await visitor.goto(at.url('/next'))
  expect(await visitor.isVisible('#consent')).toBe(false)
  await flush(visitor)
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.pathname === '/next'))
  await visitor.evaluate(() => recipe.decide(false))
  const nothing = { keys: ['shop-may-measure'], databases: [], cookies: '' }
  await expect.poll(() => stored(visitor)).toEqual(nothing)
  const { length } = at.beacons
  await visitor.goto(at.url('/'))
  await flush(visitor)
  expect(await stored(visitor)).toEqual(nothing)
  expect(at.beacons.length).toBe(length)
})

test('personal data: no query, no number, no mail address leaves', async ({ site, tab }) => {
  const at = await site(await pagesWith('masked.ts'))
  const visitor = await tab(at.url('/next?token=secret#secret'))
  await visitor.evaluate(() => {
    history.pushState(0, '', '/user/4711/jane@example.com?secret')
    console.error('secret', { of: 'jane@example.com' })
    recipe.rum.addEvent('wrote', { to: 'jane@example.com' })
  })
  await flush(visitor)
  await at.until((beacons) => beacons.some(isOf('wrote')))
  const { view, payloads } = told(at.beacons)
  expect([view.pathname, view.search]).toEqual(['/user/:id/:id', ''])
  expect(view.console).toMatchObject([{ type: 'error', value: {} }])
  expect(view.events).toMatchObject([{ wrote: { to: '[mail]' } }])
  expect(JSON.stringify(payloads)).not.toMatch(/secret|4711|jane/)
})

test('sources of your own fill the fields that they name', async ({ site, tab }) => {
  const at = await site(await pagesWith('sources.ts'))
  const visitor = await tab()
  await visitor.emulateMedia({ colorScheme: 'dark' })
  await visitor.goto(at.url('/'))
  await visitor.evaluate(() => {
    dispatchEvent(new Event('offline'))
    setTimeout(() => dispatchEvent(new Event('online')), 50)
  })
  await visitor.waitForTimeout(200)
  await flush(visitor)
  await at.until((beacons) => beacons.some(({ payload }) => 'outages' in payload.view))
  const { view, attributes } = told(at.beacons) as unknown as Record<'view' | 'attributes', Record<string, unknown>>
  expect(view.outages).toMatchObject([{ startTime: expect.any(Number), duration: expect.any(Number) }])
  expect(attributes.colourScheme).toBe('dark')
})

test('an operator of your own lets only slow resources pass', async ({ site, tab }) => {
  const slow = { body: 'slow', delay: 700 }
  const at = await site({ ...(await pagesWith('slowResources.ts')), '/slow.txt': slow, '/fast.txt': 'fast' })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => Promise.all(['/fast.txt', '/slow.txt'].map((path) => fetch(path).then((a) => a.text()))))
  await flush(visitor)
  await untilTold(at, ({ view }) =>
    expect(view.resources.map(({ name }) => new URL(name).pathname)).toContain('/slow.txt'),
  )
  expect(told(at.beacons).view.resources.map(({ name }) => new URL(name).pathname)).not.toContain('/fast.txt')
})

test('an operator of your own leaves each source its name', async ({ site, tab }) => {
  const at = await site(await pagesWith('slowResources.ts'))
  const visitor = await tab()
  await visitor.addInitScript(() => Object.defineProperty(PerformanceObserver, 'supportedEntryTypes', { value: [] }))
  await visitor.goto(at.url('/'))
  const silent = await visitor.evaluate(() => {
    const parts: unknown[] = []
    recipe.rum.debug$.filter('unsupported').subscribe(({ part }) => parts.push(part))
    return parts
  })
  expect(silent).toEqual(expect.arrayContaining(['view.resources[]', 'view.longTasks[]', 'view.marks[]']))
  expect(silent.filter((part) => /^source/.test(String(part)))).toEqual([])
})

test('steps are printed for whom one likes', async ({ site, tab }) => {
  const at = await site(await pagesWith('rum.ts', 'watched.ts'))
  const headsFor = async (watches: boolean) => {
    const visitor = await tab()
    const heads: string[] = []
    visitor.on('console', (message) => message.type() === 'startGroupCollapsed' && heads.push(message.text()))
    if (watches) await visitor.addInitScript(() => localStorage.setItem('watch-rum', 'yes'))
    const { length } = at.beacons
    await visitor.goto(at.url('/'))
    await flush(visitor)
    await at.until((beacons) => beacons.length > length)
    return heads
  }
  expect(await headsFor(false)).toEqual([])
  const heads = await headsFor(true)
  await expect.poll(() => heads).toContainEqual(expect.stringMatching(/^%ccrum send%c/))
})

test('a sink of your own stands beside the built-in one', async ({ site, tab }) => {
  const at = await site(await pagesWith('vitals.ts'))
  const visitor = await tab(at.url('/'))
  await flush(visitor)
  const beacons = await at.until((beacons) => new Set(beacons.map(({ path }) => path)).size > 1)
  const vitals = beacons.find(({ path }) => path === '/vitals')?.payload as unknown as Record<string, unknown>
  expect(vitals).toMatchObject({ page: '/', metrics: { ttfb: expect.any(Number) } })
  expect(beacons.find(({ path }) => path === '/rum')?.payload.beacon.seq).toBe(0)
})

test('two collectors share a session, leave out the requests of both, and one goes on without the other', async ({
  site,
  tab,
}) => {
  const at = await site(await pagesWith('two.ts'))
  const visitor = await tab()
  // a session that the second one draws
  const session = {
    id: '00000000-0000-4000-8000-000000000000',
    startTime: Date.now(),
    lastLoop: Date.now(),
    duration: 0,
  }
  await visitor.addInitScript((session) => localStorage.setItem('CRUM', session), JSON.stringify(session))
  await visitor.goto(at.url('/'))
  const paths = () => new Set(at.beacons.map(({ path }) => path))
  await flush(visitor)
  await at.until(() => paths().size > 1)
  await visitor.evaluate(() => recipe.ours.addEvent('both'))
  await flush(visitor)
  await at.until((beacons) => beacons.some(isOf('both')))
  expect(paths()).toEqual(new Set(['/rum', '/team']))
  expect(new Set(at.beacons.map(({ payload }) => payload.session.id))).toEqual(new Set([session.id]))
  const resources = at.beacons.flatMap(({ payload }) => payload.view.resources ?? []).map(({ name }) => name)
  expect(resources).toContain(at.url('/app.js'))
  expect(resources.filter((name) => /\/(rum|team)$/.test(name))).toEqual([])
  await visitor.evaluate(() => {
    recipe.ours.consent(false)
    recipe.ours.addEvent('ours')
    recipe.theirs.addEvent('theirs')
  })
  await flush(visitor)
  await at.until((beacons) => beacons.some(isOf('theirs')))
  expect(at.beacons.some(isOf('ours'))).toBe(false)
})
