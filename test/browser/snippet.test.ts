import type { Page } from 'playwright'
import type { Collector, Settings } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import type { Launched, LaunchOptions } from './harness/launch.ts'
import type { Site } from './harness/site.ts'
import { minimalSnippet, snippetWithSettings } from './harness/snippet.ts'
import { hide } from './harness/tabs.ts'

declare const CRUM: Collector & Partial<Settings>

const host = 'your-domain.com'
const sections = {
  session: { id: expect.any(String) },
  attributes: { labels: expect.any(Array) },
  beacon: { version: expect.any(String) },
}
const isSample = ({ payload }: Arrival) => payload.beacon.reason === 'sample'

/** What the second snippet switches off, provoked: a resource, a mark, a console line, an error. */
const provocations = `<img src="/picture.svg" alt=""><script>
  performance.mark('HE-mark'); console.error('said'); setTimeout(() => { throw new Error('thrown') })
</script>`

/** Visits the site at its documented address, and waits until the script's functions are there. */
async function visit(shop: Site, open: (options: LaunchOptions) => Promise<Launched>): Promise<Page> {
  const { context } = await open({ hosts: { [host]: shop.port } })
  const visitor = await context.newPage()
  await visitor.goto(`https://${host}/`)
  await visitor.waitForFunction(() => CRUM.debug$)
  return visitor
}

test('takes the minimal snippet letter for letter', async ({ site, ownBrowser }) => {
  const html = `<!doctype html><title>shop</title>${minimalSnippet}<p>hello`
  const shop = await site({ '/': html }, { host, secure: true })
  await visit(shop, ownBrowser)
  const beacons = await shop.until((beacons) => beacons.some(isSample))
  expect(shop.requests).toContain('GET /rum')
  expect(beacons.every(({ path }) => path === '/rum')).toBe(true)
  expect(beacons.find(isSample)?.payload).toMatchObject({
    ...sections,
    view: { id: '/', href: `https://${host}/`, protocol: 'https:', host, origin: `https://${host}` },
    attributes: { labels: [] },
    metrics: { domComplete: expect.any(Number) },
  })
})

test('takes the snippet with settings letter for letter, and keeps to them', async ({ site, ownBrowser }) => {
  const html = `<!doctype html><html>${snippetWithSettings}<body><p>hello${provocations}</body></html>`
  const shop = await site(
    { '/': html, '/picture.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    { host, secure: true },
  )
  const visitor = await visit(shop, ownBrowser)
  await hide(visitor)
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  expect(beacon).toMatchObject({ path: '/rum', payload: sections })
  expect(beacon?.payload.view.id).toBe('homePageManual')
  expect(beacon?.payload.attributes.labels).toEqual(['env=production', 'versionApp=1'])
  for (const list of ['resources', 'resourceTypes', 'marks', 'console', 'errors']) {
    expect(beacon?.payload.view).not.toHaveProperty(list)
  }
})

test('leaves the settings of the snippet readable, beside functions that work', async ({ site, ownBrowser }) => {
  const html = `<!doctype html><html>${snippetWithSettings}<body><p>hello</body></html>`
  const shop = await site({ '/': html }, { host, secure: true })
  const visitor = await visit(shop, ownBrowser)
  const settings = await visitor.evaluate(() => {
    CRUM.addEvent('addToBasket', { product: 'iPhone' })
    CRUM.addToLabels('user=anna')
    return [CRUM.samplingRate, CRUM.viewId, CRUM.labels, CRUM.trackConsole]
  })
  expect(settings).toEqual([3000, 'homePageManual', 'env=production, versionApp=1', false])
  const beacons = await shop.until((beacons) => beacons.some(isSample))
  expect(beacons[0]?.payload).toMatchObject({
    view: { id: 'homePageManual', events: [{ addToBasket: { product: 'iPhone' } }] },
    attributes: { labels: ['env=production', 'versionApp=1', 'user=anna'] },
  })
})
