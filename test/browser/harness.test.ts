import { expect, test } from './harness/browserTest.ts'
import type { Answer } from './harness/site.ts'
import { loader, minimalSnippet, snippetWithSettings } from './harness/snippet.ts'
import { back, freeze, hide, show } from './harness/tabs.ts'

/** A stand-in for the script: it posts what happens to the page, with the first word as the reason. */
const rum = `
  const url = document.getElementById('CRUM').src
  const post = (reason) => navigator.sendBeacon(url, JSON.stringify({ beacon: { reason }, view: { id: location.pathname } }))
  for (const type of ['visibilitychange', 'pagehide', 'freeze', 'resume']) addEventListener(type, () => post(type + ' ' + document.visibilityState), true)
  addEventListener('pageshow', (event) => post(event.persisted ? 'restored' : 'shown'))
  fetch(url, { method: 'POST', body: '{"beacon":{"reason":"start"},"view":{"id":"' + location.pathname + '"}}', headers: { 'content-type': 'text/plain;charset=UTF-8' } })
`
const page = (snippet = loader()) => `<!doctype html><title>page</title><p>hello${snippet}`
const reasons = (beacons: { payload: { beacon: { reason: string } } }[]) => beacons.map((b) => b.payload.beacon.reason)

test('loads a page, its script and its beacons from an origin of its own', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/rum': rum })
  await tab(shop.url('/'))
  const [start] = await shop.until((beacons) => beacons.some((b) => b.way === 'fetch'))
  expect(start).toMatchObject({ contentType: 'text/plain;charset=UTF-8', path: '/rum', answer: {} })
  expect(shop.requests).toContain('GET /rum')
  expect(shop.origin).not.toBe((await site({ '/rum': rum })).origin)
})

test('hides a tab and shows it again, and the page hears it', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/rum': rum })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length === 2)
  await hide(visitor)
  expect(await visitor.evaluate(() => [document.visibilityState, document.hasFocus()])).toEqual(['hidden', false])
  await shop.until((beacons) => reasons(beacons).includes('visibilitychange hidden'))
  await show(visitor)
  await shop.until((beacons) => reasons(beacons).includes('visibilitychange visible'))
})

test('freezes a tab, in which no timer fires until it is shown', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/rum': rum })
  const visitor = await tab(shop.url('/'))
  await freeze(visitor)
  await shop.until((beacons) => reasons(beacons).includes('freeze hidden'))
  await visitor.evaluate(() => void setTimeout(() => Object.assign(window, { fired: true })))
  // longer than the second that a hidden tab's timers are held back for
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(await visitor.evaluate(() => 'fired' in window)).toBe(false)
  await show(visitor)
  await shop.until((beacons) => reasons(beacons).includes('resume hidden'))
  await visitor.waitForFunction(() => 'fired' in window)
})

test('brings a page back from the bfcache', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/next': page(), '/rum': rum })
  const visitor = await tab(shop.url('/'))
  await visitor.goto(shop.url('/next'))
  await back(visitor)
  const beacons = await shop.until((beacons) => reasons(beacons).includes('restored'))
  expect(beacons.find((b) => reasons([b])[0] === 'restored')?.payload.view.id).toBe('/')
  expect(await visitor.evaluate(() => location.pathname)).toBe('/')
})

test('answers as it is told: refuses, talks nonsense, breaks off, stays silent', async ({ site, tab }) => {
  const shop = await site({ '/': page(''), '/rum': rum })
  const visitor = await tab(shop.url('/'))
  const post = async (answer: Answer) => {
    shop.answer = () => answer
    return visitor.evaluate(async () => {
      const answer = fetch('/rum', { method: 'POST', body: '{}', signal: AbortSignal.timeout(1000) })
      return answer.then(
        ({ status, headers }) => [status, headers.get('retry-after')],
        (error) => error.name,
      )
    })
  }
  expect(await post({})).toEqual([204, null])
  expect(await post({ status: 503, headers: { 'retry-after': '2' } })).toEqual([503, '2'])
  expect(await post('garbage')).toBe('TypeError')
  expect(await post('reset')).toBe('TypeError')
  expect(await post('hang')).toBe('TimeoutError')
  expect(new Set(shop.beacons.map(({ answer }) => answer)).size).toBe(5)
})

test('says what had arrived when it waits in vain', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/rum': rum })
  await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length === 2)
  await expect(shop.until((beacons) => reasons(beacons).includes('never'), 50)).rejects.toThrow(
    /never[\s\S]+2 had arrived[\s\S]+start \//,
  )
})

test.for([
  ['minimal', page(minimalSnippet)],
  ['with settings', `<!doctype html><html>${snippetWithSettings}<body><p>hello</body></html>`],
] as const)('runs the documented snippet letter for letter: %s', async ([, html], { site, ownBrowser }) => {
  const shop = await site({ '/': html, '/rum': rum }, { host: 'your-domain.com', secure: true })
  const { context } = await ownBrowser({ hosts: { 'your-domain.com': shop.port } })
  const visitor = await context.newPage()
  await visitor.goto('https://your-domain.com/')
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  expect(beacon?.headers).toMatchObject({ host: 'your-domain.com', origin: 'https://your-domain.com' })
})

test('has an insecure origin to offer', async ({ site, ownBrowser }) => {
  const shop = await site({ '/': page(), '/rum': rum }, { host: 'shop.test' })
  const { context } = await ownBrowser({ hosts: { 'shop.test': shop.port } })
  const visitor = await context.newPage()
  await visitor.goto('http://shop.test/')
  expect(await visitor.evaluate(() => [isSecureContext, typeof crypto.randomUUID])).toEqual([false, 'undefined'])
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  expect(beacon?.way).toBe('unknown')
})
