import { chromium, type Page } from 'playwright'
import { findBrowser } from '../../scripts/browser.ts'
import type { DemoProcess } from './process.ts'
import { send } from './sender.ts'
import { threeKilobytes } from './threeKilobytes.ts'

type Row = [what: string, value: string]

/** How the inspector bears what is stored: medians of some looks in a browser, then half a minute of live beacons. */
export async function lookAt(demo: DemoProcess): Promise<Row[]> {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage()
    // the page is built when it is first asked for
    await page.goto(`${demo.origin}/inspector`)
    const first = await timed(page, demo, '/inspector', '#tree .row .session')
    const view = await timed(page, demo, '/inspector', '#beacons .row .beacon')
    const pages = await timed(page, demo, '/inspector#pages', 'spread-chart canvas')
    return [
      ['first rows of the inspector', first],
      ['a view of 1,000 beacons', view],
      ['percentiles of all pages', pages],
      ...(await live(page, demo)),
    ]
  } finally {
    await browser.close()
  }
}

async function timed(page: Page, demo: DemoProcess, path: string, selector: string): Promise<string> {
  const took: number[] = []
  for (let run = 0; run < 5; run++) {
    await page.goto('about:blank')
    const start = performance.now()
    await page.goto(demo.origin + path, { waitUntil: 'commit' })
    await page.locator(selector).first().waitFor()
    took.push(performance.now() - start)
  }
  return `${Math.round(took.toSorted((a, b) => a - b)[2] ?? 0)} ms`
}

/** 500 beacons a second for 20 s, followed in the browser. */
async function live(page: Page, demo: DemoProcess): Promise<Row[]> {
  await page.goto('about:blank')
  await page.goto(`${demo.origin}/inspector`)
  await page.locator('.view-head').waitFor()
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(window, { frames })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) frames.push(duration)
    }).observe({ type: 'long-animation-frame' })
  })
  const beacons = threeKilobytes(Date.now())
  const bodies = Array.from({ length: 10_000 }, () => beacons.next().value.text)
  const { rate } = await send(demo.port, bodies.values(), 8, 500)
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames)
  return [
    ['live beacons a second', `${Math.round(rate)}`],
    ['the longest frame then; frames over 50 ms', `${Math.round(Math.max(0, ...frames))} ms; ${frames.length}`],
  ]
}
