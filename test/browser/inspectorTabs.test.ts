import type { Page } from 'playwright'
import { stored } from '../demo/inspector/stored.ts'
import { expect, test } from './harness/browserTest.ts'
import { back, hide, show } from './harness/tabs.ts'
import { frame, patiently, start } from './inspectorDemo.ts'

const error = (message: string, timeStamp = 5) => ({
  ...{ type: 'error' as const, message, stack: '', source: '', line: 1, column: 1, timeStamp },
})
const heading = (page: Page) => page.locator('.view-head h2').innerText()
const chosen = (page: Page) => page.locator('#happenings .row[aria-selected="true"]')

test('leaves a browser its connections, however many tabs of it are open', async ({ tab }) => {
  const { origin, post, listening } = await start([stored({ page: '/first' })])
  for (let n = 0; n < 5; n++) {
    const page = await tab()
    await page.goto(`${origin}/`, { waitUntil: 'commit' })
    await (await frame(page, 'crum-inspector')).locator('.view-head').waitFor()
  }
  await expect.poll(listening, patiently).toBe(1)
  const page = await tab()
  await page.goto(`${origin}/`, { waitUntil: 'commit' })
  const inspector = await frame(page, 'crum-inspector')
  await inspector.locator('.view-head').waitFor()
  let last = 0
  const postAndLook = async () => {
    await post(stored({ key: `last${last++}`, page: '/last' }))
    return inspector.locator('.view-head h2').innerText()
  }
  // again and again: what the shop itself tells is shown as well
  await expect.poll(postAndLook, patiently).toBe('/last')
  const shop = await frame(page, 'crum-shop')
  expect(await shop.evaluate(async () => (await fetch('/api/echo')).status)).toBe(200)
})

test('takes up what came while the tab was hidden, without a word of a lost connection', async ({ tab }) => {
  const { origin, post, listening } = await start([stored({ page: '/before' })])
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/before' }).waitFor()
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const note = document.querySelector('.note') as Element
    new MutationObserver(() => said.push(note.textContent ?? '')).observe(note, { childList: true, subtree: true })
  })
  await hide(page)
  await expect.poll(listening, patiently).toBe(0)
  await post(stored({ key: 'meanwhile', page: '/meanwhile' }))
  await show(page)
  await page.getByRole('heading', { name: '/meanwhile' }).waitFor()
  await page.locator('.totals', { hasText: '2 beacons' }).waitFor()
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([])
  expect(await page.locator('.light').innerText()).toBe('Live')
})

test('lives on when the visitor comes back to it', async ({ tab }) => {
  const { origin, post } = await start([stored({ page: '/before' })])
  const page = await tab(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/before' }).waitFor()
  await page.evaluate(() => addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted })))
  await page.goto(`${origin}/api/echo`)
  await post(stored({ key: 'meanwhile', page: '/meanwhile' }))
  await back(page)
  await page.getByRole('heading', { name: '/meanwhile' }).waitFor()
  expect(await page.evaluate(() => 'persisted' in window)).toBe(true)
})

test('goes on to the newest view that came while the receiver could not be reached', async ({ tab }) => {
  const first = await start([stored({ page: '/old' })])
  const page = await tab(`${first.origin}/inspector`)
  await page.getByRole('heading', { name: '/old' }).waitFor()
  await first.stop()
  await page.getByText('No connection to the receiver since').waitFor()
  const port = Number(new URL(first.origin).port)
  const again = await start([stored({ key: 'new', page: '/new' })], { file: first.file, port })
  await page.getByRole('heading', { name: '/new' }).waitFor()
  await page.getByText('Connected again').waitFor()
  expect((await again.totals()).views).toBe(2)
})

test('shows the newest view, and all of it, though its beacons come faster than it can be read', async ({ tab }) => {
  const { origin, post } = await start([stored({ page: '/old' })])
  const page = await tab()
  await page.goto(`${origin}/inspector`)
  await page.getByRole('heading', { name: '/old' }).waitFor()
  const later = () => new Promise((resolve) => setTimeout(resolve, 600))
  await page.route('**/inspector/api/views/**', (route) => later().then(() => route.continue()))
  const shown = page.getByRole('heading', { name: '/new' })
  let seq = 0
  do {
    await post(stored({ key: 'new', seq, page: '/new', view: { errors: [error(`no ${seq}`)] } }))
    await page.waitForTimeout(200)
  } while (++seq < 60 && !(await shown.isVisible()))
  expect(await shown.isVisible()).toBe(true)
  const errors = page.locator('.chip', { hasText: 'Errors' }).locator('span')
  await expect.poll(() => errors.innerText(), patiently).toBe(String(seq))
})

test('shows what a link points at in a tab of its own, and stays there whatever comes', async ({ tab }) => {
  const { origin, post } = await start()
  const shop = await tab(`${origin}/shop/lab`)
  await shop.waitForFunction(() => 'debug$' in Object((window as unknown as { CRUM?: object }).CRUM))
  await shop.click('[data-provoke="uncaught"]')
  const opened = shop.context().waitForEvent('page')
  await shop.locator('.trail a', { hasText: 'errors in beacon' }).click(patiently)
  const page = await opened
  await expect.poll(() => chosen(page).innerText(), patiently).toContain('The lab threw this on purpose')
  await post(stored({ session: 'other', key: 'other', page: '/other' }))
  await page.locator('#tree .row', { hasText: '1 view' }).first().waitFor()
  await page.locator('.totals', { hasText: '2 sessions' }).waitFor()
  expect(await heading(page)).toBe('/shop/lab')
  expect(await chosen(page).innerText()).toContain('The lab threw this on purpose')
  await page.close()
})

for (const late of ['stream', 'find'])
  test(`shows what a link points at, though the answer of ${late} is late`, async ({ tab }) => {
    const { origin } = await start([
      stored({ key: 'a', page: '/a', view: { errors: [error('first'), error('second', 6)] } }),
      stored({ key: 'a', seq: 1, page: '/a', view: { errors: [error('third', 7)] } }),
      stored({ session: 'other', key: 'b', page: '/b' }),
    ])
    const page = await tab()
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await page.route(`**/inspector/api/${late}*`, (route) => released.then(() => route.continue()))
    const other = page.waitForResponse((answer) =>
      answer.url().includes(late === 'find' ? 'stream' : 'views/0/beacons'),
    )
    await page.goto(`${origin}/inspector#beacon=a-0&field=view.errors`)
    await other
    release()
    await page.locator('.totals', { hasText: '3 beacons' }).waitFor()
    await expect.poll(() => chosen(page).innerText(), patiently).toContain('second')
    expect(await heading(page)).toBe('/a')
    await page.locator('[data-section="timeline"].pointed').waitFor()
    expect(await page.getByRole('button', { name: 'Follow newest' }).getAttribute('aria-pressed')).toBe('false')
  })

test('says of a beacon that is not there that it is not', async ({ tab }) => {
  const { origin } = await start([stored({ page: '/here' })])
  const page = await tab(`${origin}/inspector#beacon=gone-7&field=view.errors`)
  expect(await page.getByRole('alert').innerText()).toContain('gone-7')
  await page.getByRole('button', { name: 'Follow newest' }).click()
  await page.getByRole('heading', { name: '/here' }).waitFor()
})

test('counts on a phone what came behind the shop, until one looks', async ({ tab }) => {
  const { origin, post } = await start([stored()])
  const page = await tab()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.route('**/rum', (route) => route.abort())
  await page.goto(`${origin}/`)
  await (await frame(page, 'crum-inspector')).locator('.totals', { hasText: '1 beacon' }).waitFor({ state: 'attached' })
  for (const seq of [1, 2, 3]) await post(stored({ seq }))
  const badge = page.locator('[data-new]')
  await expect.poll(() => badge.innerText(), patiently).toBe('3')
  await page.getByRole('button', { name: 'Inspector' }).click()
  await expect.poll(() => badge.innerText(), patiently).toBe('')
})
