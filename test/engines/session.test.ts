import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

const pages = { '/': page({ body: '<a href="/next">next</a>' }), '/next': page() }

test('is one session over pages and tabs of the origin', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 0)
  await visitor.click('a')
  await tab(shop.url('/next'))
  const views = () => new Set(shop.beacons.map(({ payload }) => payload.beacon.id.replace(/[^a-z\d]?\d+$/, '')))
  await shop.until(() => views().size >= 3)
  expect(new Set(shop.beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
})

test('is another session after the time that ends one', async ({ site, tab }) => {
  const shop = await site({
    '/': page({
      head: `<script>localStorage.CRUM = JSON.stringify({ id: 'old', startTime: Date.now() - 1e6, lastLoop: Date.now() - 301e3 })</script>`,
    }),
  })
  await tab(shop.url('/'))
  const [first] = await shop.until((beacons) => beacons.length > 0)
  expect(first?.payload.session.id).toMatch(/^[\da-f-]{36}$/)
})

test('does not move the last loop while the page is hidden', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: { savingMode: false } }) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 1)
  await visitor.hide()
  const isHidden = () => shop.beacons.filter(({ payload }) => payload.beacon.reason === 'hidden')
  await shop.until(() => isHidden().length > 0)
  await shop.until(
    (beacons) => beacons.filter(({ payload }) => payload.view.visibility === 'hidden').length > 2,
    20_000,
  )
  const loops = shop.beacons
    .filter(({ payload }) => payload.view.visibility === 'hidden')
    .map(({ payload }) => payload.session.lastLoop)
  expect(new Set(loops).size).toBe(1)
})
