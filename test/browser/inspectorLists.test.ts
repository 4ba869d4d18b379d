import { join } from 'node:path'
import type { Page } from 'playwright'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import type { Resource } from '../../src/payload/payload.ts'
import { fillStore } from '../demo/fillStore.ts'
import { stored } from '../demo/inspector/stored.ts'
import { expect, test } from './harness/browserTest.ts'
import { patiently, start, temporaryFolder } from './inspectorDemo.ts'

const mark = (name: string, startTime: number) => ({ name: `HE-${name}`, detail: name, startTime })
const selected = (page: Page, list: string) => page.locator(`#${list} .row[aria-selected="true"]`)
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName)
const json = (page: Page) => page.locator('.json pre')

const lcp = (page: string, key: string): StoredBeacon => stored({ key, page, metrics: { lcp: 1000 } })
const name = (n: number) => `/p${String(n).padStart(2, '0')}`

test('keeps the pages, the place in them and the chosen one while beacons come', async ({ tab }) => {
  const pages = Array.from({ length: 60 }, (_, n) => lcp(name(n), `k${n}`))
  const { origin, post } = await start(pages)
  const page = await tab(`${origin}/inspector#pages`)
  const list = page.locator('#pages')
  await list.locator('.row', { hasText: name(0) }).waitFor()
  await list.evaluate((element) => element.scrollTo(0, 25 * 44))
  await list.locator('.row', { hasText: name(27) }).click()
  await page.locator('.spreads h3', { hasText: name(27) }).waitFor()
  await watch(page)

  for (let n = 0; n < 3; n++) await post(lcp(name(40), `more${n}`))
  // the page with the most views has come to the top, and all others are one further down
  await expect.poll(() => selected(page, 'pages').getAttribute('data-index'), patiently).toBe('28')
  for (let n = 0; n < 5; n++) await post(lcp(name(27), `again${n}`))
  await page.locator('.spreads figcaption', { hasText: '6 views' }).waitFor()
  expect(await page.locator('.spreads h3').innerText()).toBe(name(27))
  expect(await page.evaluate(() => (window as unknown as { seen: object }).seen)).toEqual({
    ...{ leastScroll: 25 * 44, wasEmpty: false, charts: 1 },
  })
  await list.evaluate((element) => element.scrollTo(0, 0))
  await expect.poll(() => selected(page, 'pages').innerText(), patiently).toContain(name(27))
})

/** Looks at the list in every frame: how far it is scrolled at least, and how many elements have drawn the chart. */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const list = document.querySelector('#pages') as HTMLElement
    const charts = new Set<Element | null>()
    const seen = { leastScroll: Number.POSITIVE_INFINITY, wasEmpty: false, charts: 0 }
    Object.assign(window, { seen })
    const look = () => {
      seen.leastScroll = Math.min(seen.leastScroll, list.scrollTop)
      seen.wasEmpty ||= !list.querySelector('.row')
      seen.charts = charts.add(document.querySelector('spread-chart')).size
      requestAnimationFrame(look)
    }
    look()
  })
}

test('keeps what is chosen when something comes before it, and tells both parts of a beacon apart', async ({ tab }) => {
  const { origin, post } = await start([
    stored({ seq: 1, at: 2000, view: { marks: [mark('five', 500), mark('six', 600)] } }),
    stored({ seq: 1, at: 2000, beacon: { id: 'k-1.1' }, view: { marks: [mark('seven', 700)] } }),
  ])
  const page = await tab(`${origin}/inspector`)
  await page.locator('#happenings .row', { hasText: 'six' }).click()
  await page.locator('#beacons .row').last().click()
  const texts = () => json(page).allInnerTexts()
  await expect
    .poll(async () => (await texts()).map((text) => JSON.parse(text).payload?.beacon.id))
    .toEqual([undefined, 'k-1.1'])
  const before = await texts()

  await post(stored({ seq: 0, at: 2500, view: { marks: [mark('one', 100)], href: '/earlier' } }))
  await page.locator('#happenings .row', { hasText: 'one' }).waitFor()
  expect(await texts()).toEqual(before)
  expect(await selected(page, 'happenings').innerText()).toContain('six')
  expect(await selected(page, 'beacons').getAttribute('data-index')).toBe('2')
})

test('leads back to the list when the JSON beside it is closed', async ({ tab }) => {
  const { origin } = await start([stored({ view: { marks: [mark('a', 1), mark('b', 2), mark('c', 3)] } })])
  const page = await tab(`${origin}/inspector`)
  await page.locator('#happenings .row', { hasText: 'HE-b' }).click()
  await json(page).focus()
  await page.keyboard.press('Escape')
  await expect.poll(() => json(page).count(), patiently).toBe(0)
  expect(await focused(page)).toBe('happenings')
  // from where one was
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => selected(page, 'happenings').innerText(), patiently).toContain('HE-c')
  await page.getByRole('button', { name: 'Close' }).click()
  await expect.poll(() => json(page).count(), patiently).toBe(0)
  expect(await focused(page)).toBe('happenings')
})

test('keeps the row that the keyboard is at in sight, and says how many there are', async ({ tab }) => {
  const views = Array.from({ length: 80 }, (_, n) => stored({ session: 'long', key: `v${n}`, page: `/v${n}` }))
  const { origin } = await start([stored({ session: 'short', key: 's' }), ...views])
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/v79' }).waitFor()
  const tree = page.locator('#tree')
  await tree.focus()
  for (let n = 0; n < 5; n++) await page.keyboard.press('PageDown')
  const active = () => tree.getAttribute('aria-activedescendant')
  const place = async () => {
    const row = page.locator(`#${await active()}`)
    const [level, size, position] = await Promise.all(
      ['aria-level', 'aria-setsize', 'aria-posinset'].map((attribute) => row.getAttribute(attribute)),
    )
    return { level, size, position: Number(position) }
  }
  expect(await place()).toEqual({ level: '2', size: '80', position: expect.any(Number) })
  expect((await place()).position).toBeGreaterThan(20)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(place, patiently).toEqual({ level: '1', size: '2', position: 1 })
  expect(await page.locator(`#${await active()}`).evaluate((row) => row.getBoundingClientRect().top)).toBeGreaterThan(0)
})

test('lets one move on in the tree while a chosen view is on its way', async ({ tab }) => {
  const views = Array.from({ length: 60 }, (_, n) => stored({ session: 's', key: `v${n}`, page: `/v${n}` }))
  const { origin } = await start(views)
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/v59' }).waitFor()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/inspector/api/views/**', (route) => released.then(() => route.continue()))
  const asked = page.waitForRequest('**/inspector/api/views/**')
  await page.locator('#tree .row', { hasText: '/v57' }).click()
  await asked
  await page.locator('#tree').press('End')
  const active = page.locator('#tree .row.active', { hasText: '/v0' })
  await active.waitFor()
  release()
  await page.getByRole('heading', { name: '/v57' }).waitFor()
  expect(await active.isVisible()).toBe(true)
  expect(await page.locator('#tree').evaluate((tree) => tree.scrollTop)).toBeGreaterThan(0)
})

test('skips to the content, in whichever tab and also where there is none', async ({ tab }) => {
  const { origin, post } = await start()
  const page = await tab(`${origin}/inspector#pages`)
  await page.getByText('Nothing has arrived yet').waitFor()
  const skip = async () => {
    await page.locator('.skip').focus()
    await page.keyboard.press('Enter')
    return focused(page)
  }
  expect(await skip()).toBe('main')
  await post(lcp('/p', 'k'))
  await page.locator('#pages .row').waitFor()
  expect(await skip()).toBe('main')
  expect(await page.locator('#pages').count()).toBe(1)
  await page.getByRole('link', { name: 'Views' }).click()
  await page.locator('.view-head').waitFor()
  expect(await skip()).toBe('detail')
})

test('moves along the time line by its buttons, as a finger has to', async ({ tab }) => {
  const { origin } = await start([stored({ at: 9700, view: { marks: [mark('a', 100), mark('b', 8000)] } })])
  const page = await tab()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${origin}/inspector`)
  const line = page.locator('time-line')
  await line.locator('canvas').waitFor()
  // where the middle of the plot is, as the tip tells
  const middle = async () => {
    await line.locator('.plot .u-over').hover({ position: { x: 120, y: 20 } })
    return Number.parseFloat(await line.locator('.tip').innerText())
  }
  for (let n = 0; n < 2; n++) await line.getByRole('button', { name: 'Zoom in' }).click()
  const before = await middle()
  await line.getByRole('button', { name: 'Later' }).click()
  await expect.poll(middle, patiently).toBeGreaterThan(before)
  for (let n = 0; n < 2; n++) await line.getByRole('button', { name: 'Earlier' }).click()
  await expect.poll(middle, patiently).toBeLessThan(before)
})

test('colours resources as the client counts them', async ({ tab }) => {
  const resource = (name: string, initiatorType: string) => ({
    ...{ name, initiatorType, entryType: 'resource', startTime: 1, duration: 1, responseEnd: 2, redirectStart: 0 },
    ...{ redirectEnd: 0, fetchStart: 1, domainLookupStart: 1, domainLookupEnd: 1, connectStart: 1, connectEnd: 1 },
    ...{ secureConnectionStart: 0, requestStart: 1, responseStart: 1, serverTiming: [] },
  })
  const resources = [
    resource('https://a.example/icons.eot?v=1', 'css'),
    resource('https://a.example/picture', 'css'),
    resource('https://a.example/data.css', 'xmlhttprequest'),
    resource('https://a.example/main.js', 'link'),
    resource('https://a.example/sheet', 'link'),
    resource('https://a.example/ping', 'beacon'),
  ] as Resource[]
  const { origin } = await start([stored({ view: { resources } })])
  const page = await tab(`${origin}/inspector`)
  await page.locator('#resources .row').first().waitFor()
  const classes = await page.locator('#resources .resource').evaluateAll((rows) => rows.map((row) => row.className))
  expect(classes.map((each) => /type-(\w+)/.exec(each)?.[1])).toEqual([
    ...['font', 'image', 'fetch', 'javascript', 'css', 'other'],
  ])
})

test('shows all totals on a phone', async ({ tab }) => {
  const file = join(await temporaryFolder(), 'crum.db')
  await fillStore(file, 3000)
  const { origin, store, post } = await start([stored({ at: 1 }), stored({ seq: 3, at: 2 })], { file })
  store.settle(Date.now())
  await post(stored())
  const page = await tab()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${origin}/inspector`)
  const totals = page.locator('.totals')
  await totals.getByText('lost').waitFor()
  expect(
    await totals.evaluate(
      (line) => [...line.children].filter((part) => part.getBoundingClientRect().right > innerWidth).length,
    ),
  ).toBe(0)
  expect(await totals.evaluate((line) => line.scrollWidth - line.clientWidth)).toBeLessThanOrEqual(0)
})
