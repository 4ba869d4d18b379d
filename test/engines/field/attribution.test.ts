import { type Route, reply } from '../../browser/harness/routes.ts'
import type { Site } from '../../browser/harness/site.ts'
import { page, svg, tenths } from '../../browser/readings/row.ts'
import { untilTold } from '../../browser/readings/told.ts'
import { expectSame, packages, type Vitals, witness } from '../../browser/readings/witness.ts'
import type { Tab } from '../driver/tab.ts'
import { expect, test } from '../engineTest.ts'

declare const seen: PerformanceEntry[]
declare const vitals: Vitals
/** Of the page: its button was clicked. */
declare const clicked: boolean

const routes = { ...packages, '/late.svg': { body: svg, delay: 500 }, '/data': '{}' }
const head = witness('web-vitals.attribution')

const until = (visitor: Tab, type: string, least = 1) =>
  visitor.until((type, least) => seen.filter(({ entryType }) => entryType === type).length >= least, type, least)

/** Hides the page; resolves with what the web-vitals package itself then says of each vital. To ask it is to show it again. */
const hideAndWitness = async (visitor: Tab, at: Site) => {
  await visitor.hide()
  await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
  return visitor.run(() => vitals)
}

/** What a page does to the browser's own record of resources, before its largest image or after it. */
test.for([
  ['after 260 requests', `for (let at = 0; at < 260; at++) await fetch('/data?' + at)`, ''],
  ['where the record is cleared afterwards', '', 'performance.clearResourceTimings()'],
  ['where the record was full from the start', 'performance.setResourceTimingBufferSize(0)', ''],
] as const)(
  'tells the parts of an LCP from what was observed, %s',
  async ([, before, after], { engine, site, tab }) => {
    const body = `<div id="stage"></div><script type="module">
    ${before}
    const hero = Object.assign(new Image(), { src: '/late.svg', id: 'hero' })
    stage.append(hero)
    await hero.decode()
    ${after}
    document.title = 'done'
  </script>`
    const at = await site({ '/': page({ head, body }), ...routes })
    const visitor = await tab(at.url('/'))
    if (!engine.apis['largest contentful paint']) {
      await visitor.until(() => document.title === 'done')
      const vitals = await hideAndWitness(visitor, at)
      const { metrics } = await untilTold(at, ({ metrics }) => expectSame(metrics, vitals))
      expect([metrics.lcp, metrics.attribution?.lcp]).toEqual([undefined, undefined])
      return
    }
    await visitor.until(() => seen.some((entry) => (entry as LargestContentfulPaint).url?.endsWith('/late.svg')))
    await visitor.until(() => document.title === 'done')
    const [asked = 0, loaded = 0] = await visitor.run(() => {
      const image = seen.find(({ name, entryType }) => entryType === 'resource' && name.endsWith('/late.svg'))
      const { requestStart, responseEnd } = image as PerformanceResourceTiming
      return [requestStart, responseEnd]
    })
    const vitals = await hideAndWitness(visitor, at)
    // an image may be told of before its request: the parts are whole in the end
    await untilTold(at, ({ metrics }) => {
      const {
        timeToFirstByte = 0,
        resourceLoadDelay = 0,
        resourceLoadDuration = 0,
        elementRenderDelay = 0,
        target,
        url,
      } = metrics.attribution?.lcp ?? {}
      expect([target, url]).toEqual(['img#hero', at.url('/late.svg')])
      expect(Math.abs(resourceLoadDuration - (loaded - asked))).toBeLessThanOrEqual(0.2)
      expect(Math.abs(timeToFirstByte + resourceLoadDelay - asked)).toBeLessThanOrEqual(0.2)
      const sum = timeToFirstByte + resourceLoadDelay + resourceLoadDuration + elementRenderDelay
      expect(sum).toBeCloseTo(metrics.lcp ?? 0, 0)
      expectSame(metrics, vitals)
    })
  },
)

test('tells the parts of an LCP that was preloaded before more than fifty other images, as web-vitals does', async ({
  site,
  tab,
  needs,
}) => {
  needs('largest contentful paint')
  const dot = svg.replace(/(width|height)="\d+"/g, '$1="3"')
  const image = (body: string) => ({
    body,
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=600' },
  })
  const dots = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`/dot${at}.svg`, image(dot)]))
  const body = `<div id="stage"></div><script type="module">
    await Promise.all(Array.from({ length: 60 }, (_, at) => Object.assign(new Image(), { src: '/dot' + at + '.svg' }).decode()))
    setTimeout(() => stage.append(Object.assign(new Image(), { src: '/late.svg', id: 'hero' })), 700)
  </script>`
  const preload = '<link rel="preload" as="image" href="/late.svg">'
  const at = await site({
    ...{ '/': page({ head: head + preload, body }), ...packages, ...dots },
    '/late.svg': { ...image(svg), delay: 100 },
  })
  const visitor = await tab(at.url('/'))
  await visitor.until(() => seen.some((entry) => (entry as LargestContentfulPaint).url?.endsWith('/late.svg')))
  await visitor.until(() => !!vitals.LCP?.attribution.url)
  const { LCP } = await hideAndWitness(visitor, at)
  await untilTold(at, ({ metrics }) => {
    expectSame(metrics, { LCP } as Vitals)
    const ours = metrics.attribution?.lcp
    expect([ours?.target, ours?.url]).toEqual(['img#hero', at.url('/late.svg')])
    expect(ours?.resourceLoadDuration).toBeGreaterThanOrEqual(50)
    for (const part of ['timeToFirstByte', 'resourceLoadDelay', 'resourceLoadDuration', 'elementRenderDelay'] as const)
      expect(Math.abs(Number(ours?.[part]) - Number(LCP?.attribution[part])), part).toBeLessThanOrEqual(0.2)
  })
})

test.for([
  ['hero', '#hero'],
  ['customer-48151623-ann@shop.example', ''],
] as const)(
  'tells of a hero %s that was removed before the script came the id %j',
  async ([id, target], { site, tab, needs }) => {
    needs('largest contentful paint')
    const body = `<img id="${id}" src="/late.svg" alt=""><script>
    const looking = setInterval(() => {
      if (!seen.some(({ url }) => url?.endsWith('/late.svg'))) return
      clearInterval(looking)
      document.querySelector('img').remove()
      fetch('/removed')
    }, 50)
  </script>`
    const at = await site({ '/': page({ head, body }), ...routes, '/removed': { status: 204 } })
    const script = at.routes['/rum'] as Route
    at.routes['/rum'] = async (request, response) => {
      await expect.poll(() => at.requests).toContain('GET /removed')
      await reply(script, request, response)
    }
    await tab(at.url('/'))
    await untilTold(at, ({ metrics }) =>
      expect(metrics.attribution?.lcp).toMatchObject({ target, url: at.url('/late.svg') }),
    )
  },
)

test('tells whose elements have gone since, as they were when the entries came', async ({ engine, site, tab }) => {
  const body = `<main id="shop"><p class="offer">offer</p><button class="order" onclick="busy(120); this.append('!'); clicked = true">Order</button></main>
    <script>var clicked = false; onload = () => setTimeout(() => document.querySelector('.offer').style.marginTop = '150px', 100)</script>`
  const at = await site({ '/': page({ head, body, settings: { samplingRate: 60_000 } }), ...routes })
  const visitor = await tab(at.url('/'))
  const { 'layout shifts': hasShifts, 'event timing': hasEvents } = engine.apis
  await visitor.until(() => !!document.querySelector<HTMLElement>('.offer')?.style.marginTop)
  if (hasShifts) await until(visitor, 'layout-shift')
  await visitor.click('button')
  await visitor.until(() => clicked)
  // web-vitals looks at the entry in an idle moment
  if (hasEvents) await visitor.until(() => Number(vitals.INP?.value) >= 120)
  await visitor.run(() => document.getElementById('shop')?.remove())
  const { CLS, INP } = await hideAndWitness(visitor, at)
  expect(!!CLS?.attribution.largestShiftTarget).toBe(hasShifts)
  expect(!!INP?.attribution.interactionTarget).toBe(hasEvents)
  await untilTold(at, ({ metrics }) => {
    const { inp, cls } = metrics.attribution ?? {}
    expect(inp?.target).toBe(hasEvents ? 'main#shop>button.order' : undefined)
    if (hasShifts) expect(cls?.target).toMatch(/^main#shop/)
    else expect(cls).toBeUndefined()
    if (hasEvents) expectSame(metrics, (hasShifts ? { CLS, INP } : { INP }) as Vitals)
  })
})

test('tells of an INP that is not the longest of more than fifty interactions what is behind it', async ({
  engine,
  site,
  tab,
  needs,
}) => {
  needs('event timing')
  const body = `<button id="order" onclick="busy(+this.value); this.textContent = Math.random()" value="0">Order</button>
    <button id="other" onclick="busy(700); this.textContent = Math.random()">Other</button>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  for (let count = 0; count < 62; count++) {
    await visitor.run(
      (work) => document.getElementById('order')?.setAttribute('value', work),
      count === 3 ? '1200' : '0',
    )
    await visitor.click(count === 10 ? '#other' : '#order')
  }
  const { INP } = await hideAndWitness(visitor, at)
  await untilTold(at, ({ metrics }) => {
    expect(metrics.inp).toBe(INP?.value)
    const { target, longestScript } = metrics.attribution?.inp ?? {}
    expect(target).toBe(`button${INP?.attribution.interactionTarget}`)
    // which web-vitals itself has forgotten by then
    if (engine.apis['long animation frames'])
      expect(longestScript?.invoker).toBe(`BUTTON${target?.replace('button', '')}.onclick`)
    else expect(longestScript).toBeUndefined()
  })
})

test('names no element by an id that looks generated, where its handler made a frame long either', async ({
  site,
  tab,
  needs,
}) => {
  needs('long animation frames')
  const id = 'customer-48151623'
  const body = `<main><button id="${id}" onclick="busy(150); this.textContent = 'done'">Order</button></main>`
  const at = await site({ '/': page({ head, body }), ...routes })
  const visitor = await tab(at.url('/'))
  await visitor.click('button')
  await hideAndWitness(visitor, at)
  const { metrics } = await untilTold(at, ({ view, metrics }) => {
    expect(view.longAnimationFrames.flatMap(({ scripts }) => scripts.map(({ invoker }) => invoker))).toContain(
      'BUTTON.onclick',
    )
    expect(metrics.attribution?.inp?.longestScript?.invoker).toBe('BUTTON.onclick')
  })
  expect(metrics.attribution?.inp?.target).toMatch(/main>button$/)
  expect(at.beacons.filter(({ text }) => text.includes(id))).toEqual([])
})

test('names the last of equal shifts, as web-vitals does', async ({ site, tab, needs }) => {
  needs('layout shifts')
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
  const { CLS } = await hideAndWitness(visitor, at)
  await untilTold(at, ({ metrics }) => {
    expectSame(metrics, { CLS } as Vitals)
    expect(metrics.attribution?.cls?.largestShiftTime).toBe(tenths(Number(CLS?.attribution.largestShiftTime)))
  })
})
