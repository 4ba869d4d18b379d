import type { Page } from 'playwright'
import { openAlone } from './harness/alone.ts'
import { expect, test } from './harness/browserTest.ts'
import { back, hide, show } from './harness/tabs.ts'
import { page, svg, tenths } from './readings/row.ts'
import { told, untilTold } from './readings/told.ts'
import { expectSame, packages, witness, witnessed } from './readings/witness.ts'

const routes = { ...packages, '/late.svg': { body: svg, delay: 150 } }

/** A late image shifts the rest, and is the largest; clicks are slow; on demand the page shifts once more. */
const shop = page({
  head: `<script>
    var frames = []
    watchFrames = (capture) => addEventListener('pageshow', ({ persisted, timeStamp }) => {
      frames = []
      if (persisted) requestAnimationFrame(() => requestAnimationFrame(() => frames.push(performance.now() - timeStamp)))
    }, capture)
    watchFrames(true)
  </script>${witness()}`,
  body: `<img src="/late.svg"><p>below</p><button onclick="busy(90); this.append('!')">Order</button><a href="/next">next</a>
  <script>shift = () => document.querySelector('h1').style.marginTop = '200px'</script>`,
})

declare const seen: PerformanceEntry[]
declare const shift: () => void
declare const watchFrames: (capture: boolean) => void
declare const frames: number[]

/**
 * Goes away and comes back. Resolves with the ms that may lie between what two scripts say of the first paint after that: each
 * reads the clock in a callback of its own of the second frame, between one from before both and one from after both.
 */
async function goAndComeBack(visitor: Page, next: string): Promise<() => Promise<number>> {
  await visitor.evaluate(() => watchFrames(false))
  await visitor.goto(next)
  await back(visitor)
  return () => visitor.evaluate(() => (frames.at(-1) ?? Number.NaN) - (frames[0] ?? Number.NaN) + 0.2)
}

/** Acts, and waits until the browser has told the page of it. */
async function visit(visitor: Page): Promise<void> {
  await visitor.click('button')
  await visitor.waitForTimeout(700) // a shift within 500 ms of an input does not count
  await visitor.evaluate(() => {
    seen.length = 0
    shift()
  })
  await visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'layout-shift'))
}

test('tells the vitals that web-vitals tells in the same page', async ({ site, tab }) => {
  const at = await site({ '/': shop, ...routes })
  const visitor = await tab(at.url('/'))
  await visit(visitor)
  await hide(visitor)
  const vitals = await witnessed(visitor)
  expect(Object.keys(vitals).sort()).toEqual(['CLS', 'FCP', 'INP', 'LCP', 'TTFB'])
  expect(vitals.CLS?.value).toBeGreaterThan(0)
  const fp = await visitor.evaluate(() => performance.getEntriesByName('first-paint')[0]?.startTime ?? -1)
  await untilTold(at, ({ metrics }) => {
    expectSame(metrics, vitals)
    expect(metrics.fp).toBe(tenths(fp))
  })
})

test('tells them of a page that comes back from the bfcache', async ({ site, tab }) => {
  const at = await site({ '/': shop, '/next': page(), ...routes })
  const visitor = await tab(at.url('/'))
  await visit(visitor)
  const between = await goAndComeBack(visitor, at.url('/next'))
  await visitor.evaluate(() => document.querySelector('h1')?.removeAttribute('style'))
  await visit(visitor)
  const tolerance = await between()
  await hide(visitor)
  const vitals = await witnessed(visitor)
  for (const { navigationType } of Object.values(vitals)) expect(navigationType).toBe('back-forward-cache')
  await untilTold(at, ({ metrics }) => {
    expect(metrics.navigationType).toBe('back-forward-cache')
    expectSame(metrics, vitals, tolerance)
  })
})

test('tells them of a page that was loaded in the background', async ({ site, tab }) => {
  const at = await site({ '/': shop, ...routes })
  const visitor = await tab()
  await hide(visitor)
  await visitor.goto(at.url('/'))
  expect(await visitor.evaluate(() => document.visibilityState)).toBe('hidden')
  await show(visitor)
  await visit(visitor)
  await hide(visitor)
  const vitals = await witnessed(visitor)
  expect(Object.keys(vitals)).not.toContain('LCP')
  await untilTold(at, ({ metrics }) => expectSame(metrics, vitals))
  const { metrics } = told(at.beacons)
  expect([metrics.fp, metrics.fcp, metrics.lcp]).toEqual([undefined, undefined, undefined])
})

test('tells them of a page that was prerendered', async ({ site }) => {
  const guide = `<!doctype html><title>guide</title><link rel="icon" href="data:,"><a href="/next">next</a>
    <script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</script>
    <script>fetch('/prerendered').then(() => setTimeout(() => document.querySelector('a').click(), 300))</script>`
  const head = `<script>told = (name, value) => globalThis.CRUM?.addEvent ? CRUM.addEvent('theirs', { name, value }) : 0</script>
    ${witness()}<script>document.onprerenderingchange = () => setTimeout(() => {
      CRUM.addEvent('all', { vitals, prerendered: performance.getEntriesByType('navigation')[0].activationStart, fp: performance.getEntriesByName('first-paint')[0].startTime })
    }, 500)</script>`
  const at = await site({
    '/': guide,
    '/next': page({ head, body: '<img src="/late.svg">' }),
    '/prerendered': (_request, response) =>
      void waitFor(
        () => at.requests.includes('GET /late.svg'),
        () => response.end(),
      ),
    ...routes,
  })
  await openAlone(at.url('/'))
  type All = { vitals: Parameters<typeof expectSame>[1]; prerendered: number; fp: number }
  await untilTold(at, ({ view, metrics }) => {
    const all = view.events.find((event) => 'all' in event)?.all as unknown as All
    expect(all.prerendered).toBeGreaterThan(0)
    expectSame(metrics, all.vitals)
    expect(metrics.navigationType).toBe('prerender')
    expect(metrics.fp).toBe(tenths(all.fp - all.prerendered))
  })
  const visibilities = at.beacons.map(({ payload }) => `${payload.beacon.reason} ${payload.view.visibility}`)
  expect(visibilities.filter((visibility) => visibility.includes('hidden'))).toEqual([])
})

test('tells them of a page that comes back twice', async ({ site, tab }) => {
  const at = await site({ '/': shop, '/next': page(), ...routes })
  const visitor = await tab(at.url('/'))
  let tolerance = 0
  for (const round of [1, 2]) {
    const between = await goAndComeBack(visitor, at.url(`/next?${round}`))
    await visitor.evaluate(() => document.querySelector('h1')?.removeAttribute('style'))
    await visit(visitor)
    tolerance = await between()
  }
  await hide(visitor)
  const vitals = await witnessed(visitor)
  await untilTold(at, ({ metrics }) => {
    expect(metrics.navigationType).toBe('back-forward-cache')
    expectSame(metrics, vitals, tolerance)
  })
})

test('tells them of a page that is reloaded, and of one that one goes back to without the bfcache', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': { body: shop, status: 404 }, '/next': page(), ...routes })
  const visitor = await tab(at.url('/'))
  const ways = {
    reload: () => visitor.reload(),
    'back-forward': async () => {
      await visitor.goto(at.url('/next'))
      await back(visitor)
    },
  }
  for (const [type, go] of Object.entries(ways)) {
    await go()
    await visitor.waitForLoadState()
    await visit(visitor)
    await hide(visitor)
    const vitals = await witnessed(visitor)
    for (const { navigationType } of Object.values(vitals)) expect(navigationType).toBe(type)
    await untilTold(at, ({ metrics }) => {
      expect(metrics.navigationType).toBe(type)
      expectSame(metrics, vitals)
    })
    await show(visitor)
  }
})

test('tells the largest of several windows of shifts, without those after an input', async ({ site, tab }) => {
  const at = await site({ '/': shop, ...routes })
  const visitor = await tab(at.url('/'))
  const shiftTo = async (margin: number, pause: number) => {
    const before = await visitor.evaluate(() => seen.filter(({ entryType }) => entryType === 'layout-shift').length)
    await visitor.evaluate((margin) => {
      const [heading] = document.getElementsByTagName('h1')
      if (heading) heading.style.marginTop = `${margin}px`
    }, margin)
    await visitor.waitForFunction(
      (before) => seen.filter(({ entryType }) => entryType === 'layout-shift').length > before,
      before,
    )
    await visitor.waitForTimeout(pause)
  }
  await visitor.waitForTimeout(1200)
  await shiftTo(150, 50)
  await shiftTo(300, 1300)
  await shiftTo(250, 1300)
  await visitor.mouse.click(5, 5)
  await shiftTo(10, 1300)
  await shiftTo(60, 50)
  await hide(visitor)
  const vitals = await witnessed(visitor)
  const shifts = (await visitor.evaluate(() =>
    seen.filter(({ entryType }) => entryType === 'layout-shift').map((entry) => entry.toJSON()),
  )) as { value: number; hadRecentInput: boolean }[]
  expect(shifts.some(({ hadRecentInput }) => hadRecentInput)).toBe(true)
  const sum = shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0)
  expect(vitals.CLS?.value).toBeLessThan(sum)
  await untilTold(at, ({ metrics }) => expectSame(metrics, vitals))
})

test('tells an INP that is not the longest of more than fifty interactions', async ({ site, tab }) => {
  const body = `<button onclick="busy(+this.value); this.textContent = Math.random()" value="0">Order</button>`
  const at = await site({ '/': page({ head: witness(), body }), ...routes })
  const visitor = await tab(at.url('/'))
  for (let count = 0; count < 62; count++) {
    const work = count === 3 ? 350 : count === 10 ? 150 : 0
    await visitor.evaluate((work) => document.querySelector('button')?.setAttribute('value', `${work}`), work)
    await visitor.click('button')
  }
  await hide(visitor)
  const vitals = await witnessed(visitor)
  const longest = await visitor.evaluate(() =>
    Math.max(...seen.map(({ duration, entryType }) => (entryType === 'event' ? duration : 0))),
  )
  expect(longest).toBeGreaterThan(vitals.INP?.value ?? 0)
  await untilTold(at, ({ metrics }) => expectSame(metrics, vitals))
})

/** What comes before a much larger image does, and whether that one is still counted. */
const ends: Record<string, (visitor: Page) => Promise<unknown>> = {
  'a click': (visitor) => visitor.mouse.click(5, 5),
  'a key': (visitor) => visitor.keyboard.press('a'),
  'a scroll by the page': (visitor) => visitor.evaluate(() => scrollTo(0, 300)),
  'a while in the background': async (visitor) => {
    await hide(visitor)
    await show(visitor)
  },
  nothing: async () => {},
}

test.for(Object.entries(ends))('tells the same LCP as web-vitals after %s', async ([, act], { site, tab }) => {
  const body = `<p>below</p><div style="height: 3000px"></div><script>
    grow = () => document.body.prepend(Object.assign(new Image(), { src: '/late.svg', style: 'position: fixed; top: 0; left: 0; width: 700px' }))
  </script>`
  const at = await site({ '/': page({ head: witness(), body }), ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'largest-contentful-paint'))
  await act(visitor)
  await visitor.evaluate(() => {
    ;(globalThis as unknown as { grow(): void }).grow()
    return new Promise((resolve) => setTimeout(resolve, 800))
  })
  await hide(visitor)
  const vitals = await witnessed(visitor)
  expect(Object.keys(vitals)).toContain('LCP')
  await untilTold(at, ({ metrics }) => expectSame(metrics, vitals))
})

test('tells the INP of a click after which one leaves at once', async ({ site, tab }) => {
  const body = `<a id="go" href="/next">next</a><p id="log"></p><script>
    document.getElementById('go').addEventListener('pointerup', (event) => { busy(150); document.getElementById('log').textContent = 'busy' })
  </script>`
  const kept: number[] = []
  for (let round = 0; round < 5; round++) {
    const at = await site({ '/': page({ body, settings: { samplingRate: 5000 } }), '/next': page() })
    const visitor = await tab(at.url('/'))
    await visitor.click('#go')
    await visitor.waitForURL('**/next')
    const beacons = await at.until((beacons) => beacons.some(({ payload }) => payload.view.pathname === '/next'))
    kept.push(...beacons.flatMap(({ payload }) => (payload.view.pathname === '/' ? (payload.metrics?.inp ?? []) : [])))
  }
  expect(kept.filter((inp) => inp >= 150).length, `of 5 INPs arrived: ${kept}`).toBeGreaterThanOrEqual(5)
})

function waitFor(holds: () => boolean, then: () => void): void {
  if (holds()) then()
  else setTimeout(waitFor, 20, holds, then)
}
