import { expect, test } from './harness/browserTest.ts'
import { hide } from './harness/tabs.ts'
import { page, svg } from './readings/row.ts'
import { type Told, untilTold } from './readings/told.ts'
import { packages, witness, witnessed } from './readings/witness.ts'

declare const seen: PerformanceEntry[]

const routes = {
  ...packages,
  '/late.svg': { body: svg, delay: 150 },
  '/slow.js': 'function slow(button) { busy(120); button.append("!") }',
}

/** Ids and classes as generators and people write them, and text that is nobody's business. */
const html = page({
  head: `${witness('web-vitals.attribution')}<script src="/slow.js"></script>`,
  body: `<main id="shop"><section class="css-1x2y3z offers"><img class="hero" src="/late.svg" alt="jane"></section>
    <p id="user-4711-jane8842">below, says jane</p>
    <form id=":r1:"><button type="button" class="order sc-8f7a6b" onclick="slow(this)">Order for jane</button></form></main>
    <script>onload = () => setTimeout(() => document.querySelector('section').style.paddingTop = '150px', 100)</script>`,
})

type Parts = Record<string, number | string>

/** Ours and theirs, where both have the same part under the same name; ours under another name is given with it. */
function expectParts(
  metrics: Told['metrics'],
  name: 'lcp' | 'cls' | 'inp' | 'fcp' | 'ttfb',
  theirs: unknown,
  parts: string,
) {
  const ours = metrics.attribution?.[name] as Parts
  for (const part of parts.split(' ')) {
    const [mine = '', its = mine] = part.split('=')
    const text = `${name} ${mine}: ours ${ours?.[mine]}, theirs ${(theirs as Parts)[its]}`
    expect(Math.abs(Number(ours?.[mine]) - Number((theirs as Parts)[its])), text).toBeLessThanOrEqual(0.05 + 1e-6)
  }
}

test('takes the vitals apart as web-vitals does', async ({ site, tab }) => {
  const at = await site({ '/': html, ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'layout-shift'))
  await visitor.click('button')
  await visitor.waitForFunction(() => seen.some(({ name }) => name === 'click'))
  await visitor.waitForFunction(() => seen.some((entry) => /slow\.js/.test(JSON.stringify(entry))))
  await visitor.waitForTimeout(600)
  await hide(visitor)
  const { LCP, CLS, INP, FCP, TTFB } = await witnessed(visitor)
  const { metrics } = await untilTold(at, ({ metrics }) => {
    expect(Object.keys(metrics.attribution ?? {}).sort()).toEqual(['cls', 'fcp', 'inp', 'lcp', 'ttfb'])
    expect(metrics.inp).toBe(INP?.value)
  })
  const script = (INP?.attribution.longestScript as { entry: Parts } | undefined)?.entry
  expect.soft(metrics.attribution?.inp?.longestScript).toMatchObject({
    sourceURL: script?.sourceURL,
    invoker: script?.invoker,
    sourceFunctionName: script?.sourceFunctionName,
  })
  expect.soft(metrics.attribution?.lcp?.url).toBe(LCP?.attribution.url)
  for (const [name, metric, parts] of [
    ['lcp', LCP, 'timeToFirstByte resourceLoadDelay resourceLoadDuration elementRenderDelay'],
    ['cls', CLS, 'largestShiftValue largestShiftTime'],
    ['inp', INP, 'time=interactionTime inputDelay processingDuration presentationDelay'],
    ['fcp', FCP, 'timeToFirstByte firstByteToFCP'],
    ['ttfb', TTFB, 'waitingDuration cacheDuration dnsDuration connectionDuration requestDuration'],
  ] as const) {
    expectParts(metrics, name, metric?.attribution, parts)
  }
})

test('adds the parts up to the vital', async ({ site, tab }) => {
  const at = await site({ '/': html, ...routes })
  await tab(at.url('/'))
  const { metrics } = await untilTold(at, ({ metrics }) => expect(metrics.attribution?.lcp?.url).toMatch(/late\.svg$/))
  const { lcp } = metrics.attribution ?? {}
  const sum = ['timeToFirstByte', 'resourceLoadDelay', 'resourceLoadDuration', 'elementRenderDelay']
    .map((part) => Number(lcp?.[part]))
    .reduce((sum, part) => sum + part)
  expect(sum).toBeCloseTo(Number(metrics.lcp), 0)
})

test('names elements by no text, and by no id or class that was generated', async ({ site, tab }) => {
  const at = await site({ '/': html, ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'layout-shift'))
  await visitor.click('button')
  await visitor.waitForFunction(() => seen.some(({ name }) => name === 'click'))
  await hide(visitor)
  const { metrics } = await untilTold(at, ({ metrics }) => expect(metrics.attribution?.inp).toBeDefined())
  const { lcp, cls, inp } = metrics.attribution ?? {}
  expect(lcp?.target).toBe('main#shop>section.offers>img.hero')
  expect(inp?.target).toBe('main#shop>form>button.order')
  expect(cls?.target).toMatch(/^main#shop>/)
  expect(at.beacons.map(({ text }) => text).join()).not.toMatch(/jane|1x2y3z|8f7a6b|:r1:|4711/)
  const found = (target?: string) =>
    visitor.evaluate((target) => document.querySelectorAll(target).length, target ?? '')
  for (const target of [lcp?.target, inp?.target]) expect(await found(target)).toBe(1)
})
