import { join } from 'node:path'
import type { Page } from 'playwright'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import { fillStore } from '../demo/fillStore.ts'
import { generateBeacons } from '../demo/generateBeacons.ts'
import { stored } from '../demo/inspector/stored.ts'
import { expect, test } from './harness/browserTest.ts'
import { frame, patiently, start, temporaryFolder } from './inspectorDemo.ts'

test('shows own clicks beside the shop, from an empty store to the very reading', async ({ tab }) => {
  const { origin } = await start()
  const page = await tab()
  // the shop's client waits until it has been seen that there is nothing yet
  let release = () => {}
  const seen = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/rum', (route) => seen.then(() => route.continue()))
  await page.goto(`${origin}/`, { waitUntil: 'commit' })
  const inspector = await frame(page, 'crum-inspector')
  await inspector.getByText('Nothing has arrived yet').waitFor()
  await inspector.getByText('Click anything in the shop beside this').waitFor()
  release()

  const shop = await frame(page, 'crum-shop')
  await shop.waitForFunction(() => 'debug$' in Object((window as unknown as { CRUM?: object }).CRUM))
  await shop.click('[data-provoke="uncaught"]')
  await inspector.locator('#happenings .row', { hasText: 'The lab threw this on purpose' }).waitFor()

  await shop.locator('.trail a', { hasText: 'errors in beacon' }).click()
  const chosen = inspector.locator('#happenings .row[aria-selected="true"]')
  await expect.poll(() => chosen.innerText(), patiently).toContain('The lab threw this on purpose')
  await inspector.locator('[data-section="timeline"].pointed').waitFor()
  await inspector.locator('.json', { hasText: '"type": "error"' }).waitFor()
})

test('tells of a view: vitals with their causes, resources, beacons with gaps, raw JSON, duplicates', async ({
  tab,
}) => {
  const { origin, post } = await start(visit)
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/candle' }).waitFor()

  const lcp = page.getByRole('meter', { name: 'Largest contentful paint' })
  expect(await lcp.getAttribute('aria-valuetext')).toBe('3 s, needs improvement; good up to 2.5 s, poor above 4 s')
  expect(await page.getByRole('meter', { name: 'Interaction to next paint' }).getAttribute('aria-valuetext')).toContain(
    'poor',
  )
  const gauges = await page.locator('.gauges').innerText()
  for (const cause of ['main>img.hero', 'hero.webp', 'BUTTON#buy.onclick', 'load delay 900 ms', 'div.late'])
    expect(gauges).toContain(cause)

  expect(await rows(page, 'resources')).toEqual([expect.stringMatching(/app\.js.*200.*9\.3 kB.*120 ms/s)])
  expect(await rows(page, 'beacons')).toEqual([
    expect.stringMatching(/#0\s+sample\s+samples\s+2\.0 kB/),
    expect.stringMatching(/#1\s+entries\s+entries/),
    expect.stringContaining('#2 to #3 have not arrived'),
    expect.stringMatching(/#4\s+recovered/),
  ])
  // what is missing is given up every few seconds
  const head = page.locator('[data-section="beacons"] .part-head')
  await expect.poll(() => head.innerText(), patiently).toMatch(/2 numbers missing.*7 dropped: view\.events/s)
  const kinds = ['Long tasks', 'Long frames', 'Marks', 'Actions', 'Events', 'Console', 'Errors', 'Routes', 'Beacons']
  const chips = await page.locator('.chips').innerText()
  expect(kinds.filter((kind) => !chips.includes(kind))).toEqual([])

  await page.locator('#beacons .row', { hasText: 'recovered' }).click()
  expect(JSON.parse(await page.locator('.json pre').innerText())).toEqual(visit[2])

  await post(visit[0] as StoredBeacon)
  await page.locator('.totals', { hasText: '1 duplicates' }).waitFor()
})

test('shows what comes while it is open, and follows the newest view until one is chosen', async ({ tab }) => {
  const { origin, post } = await start([stored({ session: 'a', key: 'one', page: '/one' })])
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/one' }).waitFor()
  await post(stored({ session: 'a', key: 'two', page: '/two', view: { events: [{ timeStamp: 5, tick: {} }] } }))
  await page.getByRole('heading', { name: '/two' }).waitFor()
  await page.locator('#happenings .row', { hasText: 'tick' }).waitFor()
  await post(stored({ session: 'a', key: 'two', seq: 1, page: '/two', view: { events: [{ timeStamp: 9, tock: {} }] } }))
  await page.locator('#happenings .row', { hasText: 'tock' }).waitFor()

  await page.locator('#tree .row', { hasText: '/one' }).click()
  await page.getByRole('heading', { name: '/one' }).waitFor()
  await post(stored({ session: 'a', key: 'three', page: '/three' }))
  await page.locator('#tree .row', { hasText: '/three' }).waitFor()
  expect(await page.locator('.view-head h2').innerText()).toBe('/one')
  await page.getByRole('button', { name: 'Follow newest' }).click()
  await page.getByRole('heading', { name: '/three' }).waitFor()
})

test('shows text of strangers as text, wherever it stands', async ({ tab }) => {
  const evil = '<img src=x onerror="window.taken=1"><script>window.taken=1</script>'
  const beacon = stored({ page: evil, ...everywhere(evil) })
  const { origin } = await start([beacon])
  const page = await tab()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`${origin}/inspector`)
  await expect.poll(() => page.locator('.view-head h2').innerText(), patiently).toBe(evil)
  for (const id of ['happenings', 'resources', 'beacons']) await page.locator(`#${id} .row`).last().click()
  await page.goto(`${origin}/inspector#pages`)
  await page.locator('#pages .row', { hasText: evil }).click()
  expect(
    await page.evaluate(() => [document.querySelectorAll('img, #inspector script').length, 'taken' in window]),
  ).toEqual([0, false])
  expect(complaints).toEqual([])
})

test('says when it has lost the receiver, and what came when it is back', async ({ tab }) => {
  const first = await start([stored({ page: '/here' })])
  const page = await tab(`${first.origin}/inspector`)
  await page.getByRole('heading', { name: '/here' }).waitFor()
  await first.stop()
  await page.getByText('No connection to the receiver since').waitFor()
  expect(await page.locator('.light').innerText()).toBe('Not connected')
  expect(await page.locator('.view-head h2').innerText()).toBe('/here')

  const again = await start([], { file: first.file, port: Number(new URL(first.origin).port) })
  await page.getByText('Connected again').waitFor()
  await again.post(stored({ seq: 1, page: '/here', view: { events: [{ timeStamp: 5, back: {} }] } }))
  await page.locator('#happenings .row', { hasText: 'back' }).waitFor()
  expect(await page.locator('.light').innerText()).toBe('Live')
})

test('works by keyboard: one stop for each list, arrows inside, and the focus is seen', async ({ tab }) => {
  const views = ['a', 'b', 'c'].flatMap((session) =>
    [1, 2].map((n) => stored({ session, key: `${session}${n}`, page: `/${session}${n}` })),
  )
  const { origin } = await start(views)
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/c2' }).waitFor()
  await page.locator('#tree').focus()
  // c, c2, c1, b, a, and at c2: down to session b, open it, go to its older view, choose it
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter'])
    await page.keyboard.press(key)
  await page.getByRole('heading', { name: '/b1' }).waitFor()
  const active = page.locator(`#${await page.locator('#tree').getAttribute('aria-activedescendant')}`)
  expect(await active.getAttribute('aria-selected')).toBe('true')
  expect(await active.getAttribute('aria-level')).toBe('2')
  expect(await active.evaluate((row) => getComputedStyle(row).boxShadow)).not.toBe('none')

  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.locator('#tree [aria-expanded="true"]').count(), patiently).toBe(0)
  await page.keyboard.press('End')
  await expect.poll(() => page.locator('#tree .row.active').innerText(), patiently).toContain('a')
  for (const landmark of ['banner', 'main', 'navigation'] as const)
    expect(await page.getByRole(landmark).count()).toBeGreaterThan(0)
})

test('fits a phone, and follows the colour scheme', async ({ tab }) => {
  const { origin } = await start(visit)
  const page = await tab()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/candle' }).waitFor()
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
  expect(await page.locator('#tree').isVisible()).toBe(false)
  await page.getByRole('button', { name: 'Sessions' }).click()
  await page.locator('#tree .row', { hasText: '/candle' }).click()
  await expect.poll(() => page.locator('.view-head').isVisible(), patiently).toBe(true)

  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await ground()
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await ground()).not.toBe(light)
  await page.goto(`${origin}/`)
  await page.getByRole('button', { name: 'Inspector' }).click()
  await expect.poll(() => page.locator('iframe[name="crum-shop"]').isVisible(), patiently).toBe(false)
})

test('holds 100,000 stored beacons: few rows, few requests, whatever is scrolled to', async ({ tab }) => {
  const folder = await temporaryFolder()
  const file = join(folder, 'crum.db')
  await fillStore(file, 100_000)
  const { origin, post, reader, totals } = await start([], { file })
  const { sessions } = await totals()
  const page = await tab()
  let asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto(`${origin}/inspector`)
  await page.locator('.totals', { hasText: '100,000 beacons' }).waitFor()
  await page.locator('.view-head').waitFor()
  const size = () =>
    page.evaluate(() => [document.querySelectorAll('*').length, document.querySelectorAll('#tree .row').length])
  expect((await size())[0]).toBeLessThan(3000)
  expect((await size())[1]).toBeLessThan(60)
  expect(asked.length).toBeLessThan(20)

  await page.locator('#tree').focus()
  await page.keyboard.press('End')
  const oldest = (await reader.ask('sessions', { from: 0, to: 1 }))[0]?.id.slice(0, 8) ?? ''
  await page.locator('#tree .row', { hasText: oldest }).waitFor()
  expect((await size())[1]).toBeLessThan(60)

  asked = []
  await post(live(0))
  await page.locator('.totals', { hasText: '100,001 beacons' }).waitFor()
  await page.getByRole('heading', { name: '/live-0' }).waitFor()
  expect(asked.length).toBeLessThan(8)
  expect((await totals()).sessions).toBe(sessions + 1)

  await page.goto(`${origin}/inspector#pages`)
  await page.locator('#pages .row').first().waitFor()
  await page.locator('spread-chart canvas').first().waitFor()
}, 180_000)

test('shows the percentiles of each page, over everything stored', async ({ tab }) => {
  const lcps = [1000, 1500, 2000, 9000]
  const { origin } = await start(lcps.map((lcp, n) => stored({ key: `k${n}`, page: '/p', metrics: { lcp } })))
  const page = await tab(`${origin}/inspector#pages`)
  const row = page.locator('#pages .row')
  await expect.poll(() => row.innerText(), patiently).toMatch(/\/p\s+4\s+2 s/)
  expect(await row.locator('.shares').getAttribute('aria-label')).toBe('75 % good, 0 % need improvement, 25 % poor')
  await page.locator('figure', { hasText: 'LCP' }).locator('canvas').waitFor()
})

const live = (n: number): StoredBeacon => stored({ session: `live-${n}`, key: `live-${n}`, page: `/live-${n}` })

/** A view with something of everything: two beacons in order, two missing, one recovered. */
const visit: StoredBeacon[] = [
  stored({
    page: '/candle',
    bytes: 2000,
    metrics: {
      ...{ lcp: 3000, inp: 620, cls: 0.02, fcp: 900, ttfb: 80, navigationType: 'navigate' },
      attribution: {
        lcp: {
          target: 'main>img.hero',
          url: 'https://shop.example/hero.webp',
          timeToFirstByte: 80,
          resourceLoadDelay: 900,
        },
        inp: {
          target: 'button#buy',
          longestScript: {
            ...{ invoker: 'BUTTON#buy.onclick', invokerType: 'event-listener', sourceURL: '', duration: 500 },
            sourceFunctionName: 'buy',
          },
        },
        cls: { target: 'div.late', largestShiftTime: 1200, largestShiftValue: 0.02 },
      },
    },
    view: {
      startTime: 900,
      fps: [{ timeStamp: 200, fps: 60 }],
      longTasks: [{ name: 'self', startTime: 100, duration: 80 }],
      longAnimationFrames: [
        { startTime: 90, duration: 120, blockingDuration: 40, renderStart: 200, styleAndLayoutStart: 205, scripts: [] },
      ],
      marks: [{ name: 'HE-hero', detail: null, startTime: 300 }],
      actions: [{ pointerType: 'mouse', type: 'click', target: 'button', timeStamp: 400, name: 'buy' }],
      events: [{ timeStamp: 410, bought: { product: 'candle' } }],
      console: [{ type: 'warn', timeStamp: 420, value: { 0: 'careful' } }],
      errors: [{ type: 'error', message: 'no', stack: '', source: '', line: 0, column: 0, timeStamp: 430 }],
    },
  }),
  stored({
    page: '/candle',
    seq: 1,
    beacon: { reason: 'entries' },
    view: { resources: [resource('https://shop.example/app.js')] },
  }),
  stored({ page: '/candle', seq: 4, beacon: { reason: 'recovered', dropped: { 'view.events': 7 } } }),
]

function resource(name: string) {
  return {
    ...{ name, entryType: 'resource', initiatorType: 'script', startTime: 10, duration: 120, redirectStart: 0 },
    ...{ redirectEnd: 0, fetchStart: 10, domainLookupStart: 10, domainLookupEnd: 10, connectStart: 10, connectEnd: 10 },
    ...{ secureConnectionStart: 0, requestStart: 12, responseStart: 60, responseEnd: 130, transferSize: 9300 },
    ...{ responseStatus: 200, serverTiming: [] },
  }
}

/** A text in every place of a payload that the inspector shows. */
function everywhere(text: string) {
  const script = { invoker: text, invokerType: text, sourceURL: text, sourceFunctionName: text, duration: 50 }
  return {
    metrics: {
      ...{ lcp: 1, inp: 1, cls: 0.1, navigationType: text },
      attribution: { lcp: { target: text, url: text }, inp: { target: text, longestScript: script } },
      softNavigations: { [text]: { url: text, startTime: 1, lcp: 1 } },
    },
    view: {
      href: `javascript:${text}`,
      referer: text,
      resources: [resource(text)],
      longTasks: [{ name: text, startTime: 1, duration: 60 }],
      marks: [{ name: text, detail: text, startTime: 2 }],
      actions: [{ pointerType: text, type: text, target: text, timeStamp: 3, name: text }],
      events: [{ timeStamp: 4, [text]: text }],
      console: [{ type: 'error' as const, timeStamp: 5, value: { 0: text } }],
      errors: [{ type: 'error' as const, message: text, stack: text, source: text, line: 1, column: 1, timeStamp: 6 }],
    },
    beacon: { dropped: { [text]: 1 } },
  }
}

const rows = async (page: Page, list: string) => {
  const texts = await page.locator(`#${list} .row`).allInnerTexts()
  return texts.map((text) => text.replace(/\s+/g, ' '))
}

// the generator is the same as the load script's, so its beacons had better be payloads
test('takes generated beacons as the receiver takes real ones', async () => {
  const { origin } = await start()
  const { value } = generateBeacons().next()
  const answer = await fetch(`${origin}/rum`, {
    method: 'POST',
    body: JSON.stringify(value.payload),
    headers: { 'content-type': 'text/plain' },
  })
  expect([answer.status, await answer.text()]).toEqual([204, ''])
})
