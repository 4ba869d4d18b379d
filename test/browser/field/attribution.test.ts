import type { Page } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import { hide } from '../harness/tabs.ts'
import { page, svg, tenths } from '../readings/row.ts'
import { untilTold } from '../readings/told.ts'
import { expectSame, packages, witness, witnessed } from '../readings/witness.ts'

declare const seen: PerformanceEntry[]

const routes = { ...packages, '/late.svg': { body: svg, delay: 500 }, '/data': '{}' }
const head = witness('web-vitals.attribution')
const until = (visitor: Page, type: string, least = 1) =>
  visitor.waitForFunction(
    ([type, least]) => seen.filter(({ entryType }) => entryType === type).length >= Number(least),
    [type, least] as const,
  )

/** What a page does to the browser's own record of resources, before its largest image or after it. */
test.for([
  ['after 260 requests', `for (let at = 0; at < 260; at++) await fetch('/data?' + at)`, ''],
  ['where the record is cleared afterwards', '', 'performance.clearResourceTimings()'],
  ['where the record was full from the start', 'performance.setResourceTimingBufferSize(0)', ''],
] as const)('tells the parts of an LCP from what was observed, %s', async ([, before, after], { site, tab }) => {
  const body = `<div id="stage"></div><script type="module">
    ${before}
    const hero = Object.assign(new Image(), { src: '/late.svg', id: 'hero' })
    stage.append(hero)
    await hero.decode()
    ${after}
  </script>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() =>
    seen.some((entry) => (entry as LargestContentfulPaint).url?.endsWith('/late.svg')),
  )
  const [asked = 0, loaded = 0] = await visitor.evaluate(() => {
    const image = seen.find(({ name, entryType }) => entryType === 'resource' && name.endsWith('/late.svg'))
    const { requestStart, responseEnd } = image as PerformanceResourceTiming
    return [requestStart, responseEnd]
  })
  await hide(visitor)
  const { metrics } = await untilTold(at, ({ metrics }) => expect(metrics.attribution?.lcp?.url).toMatch(/late\.svg$/))
  const {
    timeToFirstByte = 0,
    resourceLoadDelay = 0,
    resourceLoadDuration = 0,
    elementRenderDelay = 0,
    target,
  } = metrics.attribution?.lcp ?? {}
  expect(target).toBe('img#hero')
  expect(Math.abs(resourceLoadDuration - (loaded - asked))).toBeLessThanOrEqual(0.2)
  expect(Math.abs(timeToFirstByte + resourceLoadDelay - asked)).toBeLessThanOrEqual(0.2)
  expect(timeToFirstByte + resourceLoadDelay + resourceLoadDuration + elementRenderDelay).toBeCloseTo(
    metrics.lcp ?? 0,
    0,
  )
  expectSame(metrics, await witnessed(visitor))
})

test('tells the id of a hero that was removed before the script came', async ({ site, tab }) => {
  const body = `<img id="hero" src="/late.svg" alt=""><script>setTimeout(() => document.getElementById('hero').remove(), 1300)</script>`
  const at = await site({ '/': page({ head, body }), ...routes })
  at.routes['/rum'] = { ...(at.routes['/rum'] as object), delay: 2000 }
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => !document.getElementById('hero'))
  await untilTold(at, ({ metrics }) =>
    expect(metrics.attribution?.lcp).toMatchObject({ target: '#hero', url: at.url('/late.svg') }),
  )
})

test('tells whose elements have gone since, as they were when the entries came', async ({ site, tab }) => {
  const body = `<main id="shop"><p class="offer">offer</p><button class="order" onclick="busy(120); this.append('!')">Order</button></main>
    <script>onload = () => setTimeout(() => document.querySelector('.offer').style.marginTop = '150px', 100)</script>`
  const at = await site({ '/': page({ head, body, settings: { samplingRate: 60_000 } }), ...routes })
  const visitor = await tab(at.url('/'))
  await until(visitor, 'layout-shift')
  await visitor.click('button')
  await visitor.waitForFunction(() => seen.some(({ name }) => name === 'click'))
  // web-vitals looks at the entry in an idle moment
  await visitor.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 200))))
  await visitor.evaluate(() => document.getElementById('shop')?.remove())
  await hide(visitor)
  const { CLS, INP } = await witnessed(visitor)
  expect([CLS?.attribution.largestShiftTarget, INP?.attribution.interactionTarget].every(Boolean)).toBe(true)
  await untilTold(at, ({ metrics }) => {
    expect(metrics.attribution?.inp?.target).toBe('main#shop>button.order')
    expect(metrics.attribution?.cls?.target).toMatch(/^main#shop/)
    expectSame(metrics, { CLS, INP } as never)
  })
})

test('tells of an INP that is not the longest of more than fifty interactions what is behind it', async ({
  site,
  tab,
}) => {
  const body = `<button id="order" onclick="busy(+this.value); this.textContent = Math.random()" value="0">Order</button>
    <button id="other" onclick="busy(700); this.textContent = Math.random()">Other</button>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  for (let count = 0; count < 62; count++) {
    await visitor.evaluate(
      (work) => document.getElementById('order')?.setAttribute('value', work),
      count === 3 ? '1200' : '0',
    )
    await visitor.click(count === 10 ? '#other' : '#order')
  }
  await hide(visitor)
  const { INP } = await witnessed(visitor)
  await untilTold(at, ({ metrics }) => {
    expect(metrics.inp).toBe(INP?.value)
    const { target, longestScript } = metrics.attribution?.inp ?? {}
    expect(target).toBe(`button${INP?.attribution.interactionTarget}`)
    // which web-vitals itself has forgotten by then
    expect(longestScript?.invoker).toBe(`BUTTON${target?.replace('button', '')}.onclick`)
  })
})

test('names the script that ran longest within the interaction, not one that was nearly over when it began', async ({
  site,
  tab,
}) => {
  const body = `<button id="order" style="position: fixed; top: 0; left: 0" onclick="handled()">Order</button><script>
    const task = () => busy(900)
    const handled = () => { busy(500); document.querySelector('button').append('!') }
    start = () => setTimeout(task, 50)
  </script>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => (globalThis as unknown as { start(): void }).start())
  await visitor.waitForTimeout(700)
  await visitor.mouse.click(10, 10)
  await visitor.waitForFunction(() => seen.some(({ name, duration }) => name === 'click' && duration > 400))
  await visitor.waitForTimeout(300)
  await hide(visitor)
  const { INP } = await witnessed(visitor)
  const theirs = INP?.attribution.longestScript as { entry: { invoker: string } }
  await untilTold(at, ({ metrics }) => {
    expect(metrics.attribution?.inp?.longestScript?.invoker).toBe('BUTTON#order.onclick')
    expect(metrics.attribution?.inp?.longestScript?.invoker).toBe(theirs.entry.invoker)
    expect(metrics.inp).toBe(INP?.value)
  })
})

test('names the last of equal shifts, as web-vitals does', async ({ site, tab }) => {
  const body = `<p id="one">one</p><div style="height: 400px"></div><script>
    onload = async () => {
      for (const top of ['100px', '0px', '100px', '0px']) {
        await new Promise((resolve) => setTimeout(resolve, 150))
        document.getElementById('one').style.marginTop = top
      }
    }
  </script>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  await until(visitor, 'layout-shift', 4)
  await hide(visitor)
  const { CLS } = await witnessed(visitor)
  await untilTold(at, ({ metrics }) => {
    expectSame(metrics, { CLS } as never)
    expect(metrics.attribution?.cls?.largestShiftTime).toBe(tenths(Number(CLS?.attribution.largestShiftTime)))
  })
})
