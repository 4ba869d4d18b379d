/**
 * Takes the README's pictures of the inspector, `docs/images/inspector-light.png` and `-dark.png`: a visit of the lab,
 * beside a store of other visits. `npx tsx scripts/screenshots.ts`, after a build.
 *
 * `npx tsx scripts/screenshots.ts FOLDER` takes all that is worth a look instead: inspector and shop, empty, busy and
 * disconnected, on a phone and on desktops, in light and dark.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { listen } from '../demo/listen.ts'
import { openDemo } from '../demo/openDemo.ts'
import { fillStore } from '../test/demo/fillStore.ts'
import { findBrowser } from './browser.ts'

const root = join(import.meta.dirname, '..')
const [all] = process.argv.slice(2)
const target = all ?? join(root, 'docs', 'images')
const schemes = ['light', 'dark'] as const
/** How long some of the experiments last, ms; a layout shift within half a second of the next click would not count. */
const waits: Record<string, number> = { stutter: 3200, layoutShift: 1800 }
const folder = await mkdtemp(join(tmpdir(), 'crum-pictures-'))
await mkdir(target, { recursive: true })
const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox', '--disable-gpu'] })
try {
  await (all ? takeAll(browser) : takeTwo(browser))
} finally {
  await browser.close()
  await rm(folder, { recursive: true })
}

async function takeTwo(browser: Browser): Promise<void> {
  const demo = await busy('two.db')
  await visitLab(browser, demo.origin)
  for (const scheme of schemes) {
    const page = await open(browser, { width: 1180, scheme })
    await page.goto(`${demo.origin}/inspector`)
    await page.locator('time-line canvas').waitFor()
    await page.locator('[data-section=vitals]').evaluate((part) => part.scrollIntoView())
    await save(page, `inspector-${scheme}`)
  }
  await demo.stop()
}

async function takeAll(browser: Browser): Promise<void> {
  for (const width of [390, 1280, 1600]) {
    for (const scheme of schemes) {
      const name = (what: string) => `${what}-${width}-${scheme}`
      const page = await open(browser, { width, scheme })
      const empty = await serve(`empty-${width}-${scheme}.db`)
      await page.goto(`${empty.origin}/inspector`)
      await page.locator('.empty').waitFor()
      await save(page, name('empty'))
      await page.goto(`${empty.origin}/`)
      await page.waitForTimeout(1500)
      await save(page, name('split'))
      await empty.stop()

      const demo = await busy(`busy-${width}-${scheme}.db`)
      await visitLab(browser, demo.origin)
      await page.goto(`${demo.origin}/inspector`)
      await page.locator('time-line canvas').waitFor()
      await save(page, name('busy'))
      for (const section of ['timeline', 'resources', 'beacons']) {
        await page.locator(`[data-section=${section}]`).evaluate((part) => part.scrollIntoView())
        await save(page, name(section))
      }
      for (const [what, path] of [
        ['pages', 'inspector#pages'],
        ['shop', 'shop/'],
        ['lab', 'shop/lab'],
      ] as const) {
        await page.goto(`${demo.origin}/${path}`)
        await page.waitForTimeout(1000)
        await save(page, name(what))
      }
      await page.goto(`${demo.origin}/inspector`)
      await page.locator('time-line canvas').waitFor()
      await demo.stop()
      await page.getByText('No connection').waitFor()
      await save(page, name('disconnected'))
    }
  }
}

interface Look {
  width: number
  scheme: 'light' | 'dark'
}

async function open(browser: Browser, { width, scheme }: Look): Promise<Page> {
  const isPhone = width < 500
  const context = await browser.newContext({
    viewport: { width, height: isPhone ? 844 : 800 },
    colorScheme: scheme,
    deviceScaleFactor: isPhone ? 2 : 1,
    isMobile: isPhone,
    hasTouch: isPhone,
  })
  return context.newPage()
}

async function save(page: Page, name: string): Promise<void> {
  // what was asked for has come, and is drawn
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(target, `${name}.png`) })
  console.log(`${name}.png`)
}

/** A visit that leaves something in every lane of the time line. */
async function visitLab(browser: Browser, origin: string): Promise<void> {
  const page = await browser.newPage()
  await page.goto(`${origin}/shop/lab`)
  await page.waitForFunction(() => 'debug$' in Object((window as unknown as { CRUM?: object }).CRUM))
  const clicks = ['longTask', 'slowPicture', 'uncaught', 'consoleWarn', 'eventWithContext', 'label', 'stutter', 'mark']
  for (const name of [...clicks, 'slowClick', 'missingPicture', 'layoutShift', 'nothing']) {
    await page.locator(`[data-provoke="${name}"]`).first().click()
    await page.waitForTimeout(waits[name] ?? 600)
  }
  // the end of the sample
  await page.waitForTimeout(5500)
  await page.context().close()
}

async function busy(name: string) {
  await fillStore(join(folder, name), 4000, { start: Date.now() - 60 * 3_600_000 })
  return serve(name)
}

async function serve(name: string) {
  const { app } = await openDemo({ store: join(folder, name), dist: join(root, 'dist') })
  return { origin: await listen(app, 0, '127.0.0.1'), stop: () => app.close() }
}
