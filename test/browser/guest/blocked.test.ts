import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import type { AnyStep } from '../../helpers/steps.ts'
import { expect, test } from '../harness/browserTest.ts'
import { complaints, guestPage } from './guestPage.ts'

declare const CRUM: Collector

const settings = { samplingRate: 100, entriesRate: 100 }

const steps = (visitor: Page): Promise<AnyStep[]> =>
  visitor.evaluate(() => {
    const steps: AnyStep[] = []
    CRUM.debug$.subscribe((step) => steps.push(step)).unsubscribe()
    return JSON.parse(JSON.stringify(steps))
  })

/** Gives the client something to send, again and again. */
const keepBusy = async (visitor: Page, ms: number) => {
  await visitor.evaluate((ms) => {
    const timer = setInterval(() => CRUM.addEvent('busy'), 50)
    return new Promise<void>((resolve) => setTimeout(() => resolve(clearInterval(timer)), ms))
  }, ms)
}

/** How often the page asks for what its policy, or somebody else, does not let through. */
const tries = (visitor: Page) => {
  const tried: string[] = []
  visitor.on('requestfailed', (request) => request.method() === 'POST' && tried.push(request.url()))
  return tried
}

const policy = "default-src 'none'; script-src 'self'; connect-src 'none'"

/** The page's policy lets the script in, but not its beacons out. */
const barred = (): Parameters<typeof guestPage>[0] => ({
  settings,
  headers: { 'content-security-policy': policy },
})

test('says once, on the debug stream and the console, that the policy of the page bars the endpoint', async ({
  site,
  tab,
}) => {
  const at = await site(guestPage(barred()))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await keepBusy(visitor, 2000)
  const told = (await steps(visitor)).filter(({ type, part }) => type === 'error' && part === 'beacon')
  expect(told).toEqual([expect.objectContaining({ message: expect.stringMatching(/policy|csp|connect-src/i) })])
  expect(heard.filter((line) => line.startsWith('crum: '))).toHaveLength(1)
  expect(heard.filter((line) => /^uncaught/.test(line))).toEqual([])
})

test('sends nothing more until the next page where the policy bars the endpoint', async ({ site, tab }) => {
  const at = await site(guestPage(barred()))
  const visitor = await tab(at.url('/'))
  const count = () => visitor.evaluate(() => (globalThis as unknown as { violations: number }).violations)
  await visitor.evaluate(() => {
    Object.assign(globalThis, { violations: 0 })
    document.addEventListener('securitypolicyviolation', () => {
      ;(globalThis as unknown as { violations: number }).violations++
    })
  })
  await keepBusy(visitor, 1000)
  const before = await count()
  await keepBusy(visitor, 1500)
  expect(await count()).toBe(before)
  expect(at.beacons).toEqual([])
})

test('sends what was barred from the next page whose policy allows it', async ({ site, tab }) => {
  const at = await site(guestPage(barred()))
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => CRUM.addEvent('barred'))
  await keepBusy(visitor, 1000)
  at.routes['/free'] = { ...(at.routes['/'] as object), headers: { 'content-type': 'text/html' } }
  await visitor.goto(at.url('/free'))
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.events?.some((event) => 'barred' in event)))
})

/** Pauses are drawn from 0 up to twice the last: none of them is long. */
const quick = 'Math.random = () => 0.01'

test('gives up behind an ad-blocker, says so once, and asks no more', async ({ site, tab }) => {
  const at = await site(guestPage({ before: quick, settings: { ...settings, endpoint: '/collect' } }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.route('**/collect', (route) => route.abort('blockedbyclient'))
  const tried = tries(visitor)
  await visitor.goto(at.url('/'))
  const told = async () =>
    (await steps(visitor))
      .filter(({ type, part }) => type === 'error' && part === 'beacon')
      .map(({ message }) => message)
  await expect.poll(told, { timeout: 30_000, interval: 500 }).toHaveLength(1)
  const { length } = tried
  expect(length).toBeLessThanOrEqual(20)
  await keepBusy(visitor, 2000)
  expect(tried).toHaveLength(length)
  expect(await told()).toHaveLength(1)
  expect(heard.filter((line) => line.startsWith('crum: '))).toHaveLength(1)
  expect(at.beacons).toEqual([])
})
