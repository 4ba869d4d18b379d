import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Collector } from '../../src/index.ts'
import { type Launched, launch } from '../browser/harness/launch.ts'
import { Otelcol, type Written } from './otelcol.ts'
import { openShop } from './shop.ts'

declare const CRUM: Collector

const patiently = { timeout: 60_000, interval: 250 }

/** Numbers of the events that were written, in order, each record once. */
const numbersIn = (written: Written[]) => {
  const seen = new Set<unknown>()
  return written
    .filter(({ attributes }) => attributes['crum.event.name'] === 'counted')
    .filter(({ attributes: { 'log.record.uid': uid } }) => !seen.has(uid) && seen.add(uid))
    .map(({ attributes }) => (attributes['crum.event.context'] as { n: number }).n)
}

describe('the OpenTelemetry Collector', () => {
  let otelcol: Otelcol
  let shop: Awaited<ReturnType<typeof openShop>>
  let browser: Launched
  let next = 0

  beforeAll(async () => {
    otelcol = await Otelcol.start()
    shop = await openShop()
    browser = await launch()
  })
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
    await otelcol?.dispose()
  })

  const open = async (path: string, settings: object = {}): Promise<Page> => {
    const page = await browser.context.newPage()
    const given = { endpoint: otelcol.url, samplingRate: 1000, labels: 'service.name=shop, env=test', ...settings }
    await page.addInitScript((CRUM) => Object.assign(window, { CRUM }), given)
    await visit(page, path)
    return page
  }
  const visit = async (page: Page, path: string) => {
    await page.goto(`${shop.origin}${path}`)
    await page.waitForFunction(() => CRUM.debug$)
  }
  /** The page records so many events; each is known by its number. */
  const count = async (page: Page, events: number) => {
    for (let at = 0; at < events; at++) await page.evaluate((n) => CRUM.addEvent('counted', { n }), next++)
  }
  const all = () => Array.from({ length: next }, (_, n) => n)
  const expectAll = () =>
    expect.poll(async () => numbersIn(await otelcol.written()).sort((a, b) => a - b), patiently).toEqual(all())

  test('gets from a visit of the shop all that the page did, each thing once', async () => {
    const page = await open('/shop')
    await count(page, 5)
    await page.click('a[crum-action="hero-catalogue"]')
    await page.evaluate(
      () =>
        void setTimeout(() => {
          throw new TypeError('broken on purpose')
        }),
    )
    await expectAll()
    await expect
      .poll(async () => (await otelcol.written()).map(({ eventName }) => eventName), patiently)
      .toEqual(
        expect.arrayContaining([
          ...['crum.beacon', 'crum.event', 'app.widget.click', 'exception', 'crum.resource', 'browser.web_vital'],
          ...['crum.mark', 'crum.metrics'],
        ]),
      )
    const written = await otelcol.written()
    const click = written.find(({ eventName }) => eventName === 'app.widget.click')
    expect(click?.attributes).toMatchObject({
      ...{ 'service.name': 'shop', 'crum.label.env': 'test', 'app.widget.id': 'hero-catalogue' },
      ...{ 'browser.document.url.full': expect.stringContaining(`${shop.origin}/shop`), 'crum.view.id': '/shop' },
      'session.id': expect.stringMatching(/^[\da-f-]{36}$/),
    })
    expect(written.find(({ eventName }) => eventName === 'exception')?.attributes).toMatchObject({
      ...{ 'exception.type': 'TypeError', 'exception.message': expect.stringContaining('broken on purpose') },
    })
    // by the clock of this machine, which is the browser's as well
    for (const { timeUnixNano } of written) {
      expect(Number(BigInt(timeUnixNano) / 1_000_000n)).toBeGreaterThan(Date.now() - 600_000)
      expect(Number(BigInt(timeUnixNano) / 1_000_000n)).toBeLessThan(Date.now() + 1000)
    }
    // its own requests are no resources, and nothing goes to the other receiver
    const urls = written.map(({ attributes }) => attributes['url.full'])
    expect(urls).not.toContain(otelcol.url)
    expect(shop.posted()).toBe(0)
    await page.close()
  })

  test('gets what a page did at its last moment, before the next page comes', async () => {
    const page = await open('/shop')
    await count(page, 1)
    // not in one step with the navigation, which the browser would have to wait for
    await page.evaluate((n) => {
      addEventListener('pagehide', () => CRUM.addEvent('counted', { n }), { capture: true })
    }, next++)
    await page.goto('about:blank')
    await expectAll()
    await page.close()
  })

  test('loses nothing and doubles nothing while it is restarted, whatever the visitor does meanwhile', async () => {
    const page = await open('/shop')
    await count(page, 3)
    await otelcol.stop()
    await count(page, 3)
    await visit(page, '/shop/products/bonsai')
    await count(page, 3)
    await visit(page, '/shop/basket')
    await count(page, 1)
    await otelcol.restart()
    await count(page, 3)
    await expectAll()
    const uids = (await otelcol.written()).map(({ attributes }) => attributes['log.record.uid'])
    const ids = uids.map((uid) => `${uid}`.split('/')[0] ?? '')
    // no beacon of a view is missing that a later one tells of
    expect(missingIn([...new Set(ids)])).toEqual([])
    await page.close()
  })

  test('takes gzip from another origin, once it allows the header', async () => {
    const page = await open('/shop', { compress: true })
    const zipped = page.waitForRequest((request) => request.headers()['content-encoding'] === 'gzip')
    await count(page, 40)
    await zipped
    await expectAll()
    await page.close()
  })

  test('is told of what was dropped, and of no failure', async () => {
    const dropped = (await otelcol.written()).filter(({ attributes }) => attributes['crum.beacon.dropped'])

    expect(dropped).toEqual([])
    expect(otelcol.log).not.toMatch(/\t(error|panic)\t/)
  })
})

/** Ids that a view should have: it counts from 0. */
const missingIn = (ids: string[]) => {
  const seqs = ids.map((id) => [id.replace(/-[^-]*$/, ''), Number(/-(\d+)[^-]*$/.exec(id)?.[1])] as const)
  return seqs
    .flatMap(([view, last]) => Array.from({ length: last }, (_, seq) => `${view}-${seq}`))
    .filter((id) => !ids.includes(id))
}
