import { expect, test } from './harness/browserTest.ts'
import { loader } from './harness/snippet.ts'
import { hide } from './harness/tabs.ts'
import { told, untilTold } from './readings/told.ts'
import { packages } from './readings/witness.ts'

const html = `<!doctype html><link rel="icon" href="data:,"><title>App</title>${loader('/rum', { samplingRate: 300 })}
  <button onclick="go()">next</button><main>start</main>
  <script>
    let count = 0
    const go = () => {
      history.pushState({}, '', '/route-' + ++count)
      document.querySelector('main').innerHTML =
        '<h1 style="font-size: 80px">Route ' + count + '</h1><p>' + 'words '.repeat(300)
    }
  </script>`

test('tells the vitals of each soft navigation under its own URL, whatever the route is by then', async ({
  site,
  tab,
  skip,
}) => {
  const shop = await site({ '/': html })
  const visitor = await tab(shop.url('/'))
  skip(!(await visitor.evaluate(() => 'PerformanceSoftNavigation' in window)), 'this browser knows no soft navigations')
  await shop.until((beacons) => beacons.length > 0)
  for (const route of ['/route-1', '/route-2']) {
    await visitor.mouse.click(30, 20)
    await shop.until((beacons) =>
      beacons.some(({ payload }) =>
        Object.values(payload.metrics?.softNavigations ?? {}).some(
          ({ url, lcp }) => url.endsWith(route) && (lcp ?? 0) > 0,
        ),
      ),
    )
  }
  const told = shop.beacons.flatMap(({ payload }) => Object.entries(payload.metrics?.softNavigations ?? {}))
  const urls = new Map(told.map(([id, { url }]) => [id, new URL(url).pathname]))
  expect([...urls.values()].sort()).toEqual(['/route-1', '/route-2'])
  expect(told.every(([, { startTime }]) => startTime > 0)).toBe(true)
})

/** What web-vitals says in the same page: by the id of each soft navigation. */
const witness = `<script src="/web-vitals.iife.js"></script><script>
  var vitals = {}
  for (const name of ['CLS', 'FCP', 'INP', 'LCP', 'TTFB']) {
    webVitals['on' + name](({ value, navigationType, navigationId, navigationURL, navigationStartTime }) => {
      const id = navigationType === 'soft-navigation' ? navigationId : 'page'
      vitals[id] = { ...vitals[id], url: navigationURL, startTime: navigationStartTime, [name.toLowerCase()]: value }
    }, { reportAllChanges: true, reportSoftNavs: true })
  }
</script>`

declare const vitals: Record<string, Record<string, number | string>>

test('tells of each soft navigation what web-vitals tells in the same page', async ({ site, tab, skip }) => {
  const slow = html.replace('go()"', 'go(); busy(80)"').replace('let count', `${busy}; let count`)
  const shop = await site({ '/': slow.replace('<script', `${witness}<script`), ...packages })
  const visitor = await tab(shop.url('/'))
  skip(!(await visitor.evaluate(() => 'PerformanceSoftNavigation' in window)), 'this browser knows no soft navigations')
  for (const count of [1, 2, 3]) {
    await visitor.mouse.click(30, 20)
    await visitor.waitForFunction((count) => Object.keys(vitals).length > count, count)
    await visitor.waitForTimeout(700)
    await visitor.evaluate((count) => {
      const main = document.querySelector('main')
      if (main) main.style.paddingTop = `${count * 40}px`
    }, count)
    await visitor.waitForTimeout(500)
  }
  await hide(visitor)
  const { page, ...theirs } = await visitor.evaluate(() => vitals)
  expect(Object.keys(theirs)).toHaveLength(3)
  await untilTold(shop, ({ metrics }) => {
    const { lcp, fcp, cls, inp, ttfb, softNavigations = {} } = metrics
    const ours = { ...(softNavigations as Record<string, object>), page: { lcp, fcp, cls, inp, ttfb } }
    for (const [id, { url, startTime, ...values }] of Object.entries({ ...theirs, page: page ?? {} })) {
      const mine = (ours as typeof vitals)[id] ?? {}
      if (id !== 'page') expect([mine.url, mine.startTime]).toEqual([url, expect.closeTo(Number(startTime), 0)])
      for (const [name, value] of Object.entries(values)) {
        const text = `${name} of ${id}: ours ${mine[name]}, theirs ${value}`
        expect(Math.abs(Number(mine[name]) - Number(value)), text).toBeLessThanOrEqual(0.05 + 1e-6)
      }
    }
    expect(Object.keys(softNavigations).sort()).toEqual(Object.keys(theirs).sort())
  })
  const all = Object.values(told(shop.beacons).metrics.softNavigations ?? {})
  for (const name of ['fcp', 'lcp', 'inp', 'cls'] as const) {
    expect(Math.max(...all.map((vitals) => vitals[name] ?? 0)), `${name} in ${JSON.stringify(all)}`).toBeGreaterThan(0)
  }
})

const busy = 'const busy = (ms) => { for (const end = performance.now() + ms; performance.now() < end;); }'

test('measures the memory of a whole page that is isolated', async ({ site, ownBrowser }) => {
  const headers = {
    'content-type': 'text/html',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  }
  const shop = await site({ '/': { body: html, headers } })
  const { context } = await ownBrowser({ args: ['--enable-blink-features=ForceEagerMeasureMemory'] })
  const visitor = await context.newPage()
  await visitor.goto(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.some(({ payload }) => payload.view.usedMemory))
  expect(beacons.some(({ payload }) => payload.audits?.crossOriginIsolated)).toBe(true)
  expect(beacons.flatMap(({ payload }) => payload.view.usedMemory ?? []).every(Number.isInteger)).toBe(true)
})
