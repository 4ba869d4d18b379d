import { expect, test } from './harness/browserTest.ts'
import { loader } from './harness/snippet.ts'

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
