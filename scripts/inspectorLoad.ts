/**
 * How the inspector bears a large store: fills one with generated beacons (100,000 unless told), opens the demo on it,
 * looks at it in a browser, and prints what it took. `npx tsx scripts/inspectorLoad.ts [beacons]`, after a build.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { listen } from '../demo/listen.ts'
import { openDemo } from '../demo/openDemo.ts'
import { fillStore } from '../test/demo/fillStore.ts'
import { stored } from '../test/demo/inspector/stored.ts'
import { findBrowser } from './browser.ts'

const beacons = Number(process.argv[2] ?? 100_000)
const folder = await mkdtemp(join(tmpdir(), 'crum-load-'))
const file = join(folder, 'beacons.ndjson')
await fillStore(file, beacons)
report('store', `${beacons} beacons, ${megabytes((await stat(file)).size)}`)

const before = process.memoryUsage().rss
const { result: demo, took } = await timed(() =>
  openDemo({ store: file, dist: join(import.meta.dirname, '..', 'dist') }),
)
report('read and indexed at start', `${took} ms, process grew by ${megabytes(process.memoryUsage().rss - before)}`)

const server = createServer(demo.listener)
const origin = await listen(server, 0, '127.0.0.1')
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  // the page is built when it is first asked for
  await page.goto(`${origin}/inspector`)
  await page.goto('about:blank')
  asked.length = 0
  const opened = await timed(async () => {
    await page.goto(`${origin}/inspector`)
    await page.locator('.view-head').waitFor()
  })
  report(
    'opened, with the newest view',
    `${opened.took} ms, first paint at ${await firstPaint(page)} ms, ${asked.length} requests`,
  )
  const chosen = await timed(async () => {
    await page.locator('#tree .row').nth(2).click()
    await page.locator('#tree .row[aria-level="2"]').last().click()
    await page.locator('.follow[aria-pressed="false"]').waitFor()
  })
  report('a session opened, a view chosen', `${chosen.took} ms`)
  const end = await timed(async () => {
    await page.locator('#tree').press('End')
    await page.locator('#tree .row', { hasText: demo.index.session(0)?.id.slice(0, 8) ?? '' }).waitFor()
  })
  report(
    'scrolled to the oldest session',
    `${end.took} ms, ${await page.locator('#tree .row').count()} rows in the document`,
  )
  const pages = await timed(async () => {
    await page.goto(`${origin}/inspector#pages`)
    await page.locator('spread-chart canvas').first().waitFor()
  })
  report('percentiles of all pages', `${pages.took} ms`)
  report('memory of the page', await heap(page))
  const added = await timed(() => addAll(1000))
  report('one more beacon, stored and indexed', `${(added.took / 1000).toFixed(3)} ms`)
} finally {
  await browser.close()
  server.closeAllConnections()
  server.close()
  await demo.store.close()
  await rm(folder, { recursive: true })
}

async function timed<T>(run: () => Promise<T>): Promise<{ result: T; took: number }> {
  const start = performance.now()
  return { result: await run(), took: Math.round(performance.now() - start) }
}

async function addAll(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await demo.store.append(stored({ key: `new-${n}` }))
}

function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() => Math.round(performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0))
}

async function heap(page: Page): Promise<string> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  return `${megabytes(usedSize)}, ${await page.evaluate(() => document.querySelectorAll('*').length)} elements`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function report(what: string, value: string): void {
  console.log(`${what.padEnd(38)}${value}`)
}
