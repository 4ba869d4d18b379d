import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import type { Collector } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import { hide } from './harness/tabs.ts'
import { page } from './readings/row.ts'

declare const CRUM: Collector

/** The table of docs/privacy.md of what is kept on the device: place, name, and the names of what is in it. */
const documented = () => {
  const text = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8')
  return [...text.matchAll(/^\| (\w+) \| `(\w+)` \| ((?:`\w+`(?:, )?)+)/gm)].map(([, place, name, fields = '']) => ({
    ...{ place, name },
    fields: [...fields.matchAll(/\w+/g)].map(([field]) => field).sort(),
  }))
}

/** All that the page's origin keeps on the device, in the same form, and how many beacons wait in the outbox. */
const stored = (visitor: Page) =>
  visitor.evaluate(async () => {
    const kept = [localStorage, sessionStorage].flatMap((storage, n) =>
      Object.entries(storage).map(([name, text]) => ({
        place: n ? 'sessionStorage' : 'localStorage',
        name,
        fields: Object.keys(JSON.parse(text as string)).sort(),
      })),
    )
    const others = [document.cookie, ...(await caches.keys()), ...(await navigator.serviceWorker.getRegistrations())]
    let waiting = 0
    for (const { name = '' } of await indexedDB.databases()) {
      const records = await new Promise<object[]>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const db = opening.result
          const asked = db
            .transaction([...db.objectStoreNames])
            .objectStore('beacons')
            .getAll()
          asked.onsuccess = () => resolve(asked.result)
          db.close()
        }
      })
      waiting += records.length
      kept.push({ place: 'IndexedDB', name, fields: Object.keys(records[0] ?? {}).sort() })
    }
    return { kept, others: others.filter(Boolean), waiting }
  })

const settings = { samplingRate: 100 }
const session = { place: 'localStorage', name: 'CRUM', fields: ['duration', 'id', 'lastLoop', 'startTime'] }

test('keeps on the device what docs/privacy.md lists, and nothing of it after consent(false)', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': page({ settings }) })
  at.answer = () => ({ status: 503 })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => CRUM.addEvent('waits'))
  await at.until((beacons) => beacons.length > 0)
  await expect.poll(async () => (await stored(visitor)).waiting).toBeGreaterThan(0)
  const { kept, others } = await stored(visitor)
  expect(kept).toEqual(documented())
  expect(others).toEqual([])
  expect(at.beacons.map(({ headers }) => headers.cookie)).toEqual(at.beacons.map(() => undefined))
  await visitor.evaluate(() => CRUM.consent(false))
  await expect.poll(() => stored(visitor)).toEqual({ kept: [], others: [], waiting: 0 })
})

test('keeps no note of an earlier page after consent(false)', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings }) })
  at.answer = () => ({ headers: { 'accept-encoding': 'gzip' } })
  const visitor = await tab(at.url('/'))
  const names = () => visitor.evaluate(() => Object.keys(localStorage).sort())
  await expect.poll(names).toEqual(['CRUM', 'CRUM gzip'])
  await visitor.reload()
  await visitor.evaluate(() => CRUM.consent(false))
  await expect.poll(names).toEqual([])
})

test('keeps an empty outbox where all was acknowledged', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings }) })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => CRUM.addEvent('told'))
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.events))
  const outbox = { place: 'IndexedDB', name: 'CRUM', fields: [] }
  await expect.poll(() => stored(visitor)).toEqual({ kept: [session, outbox], others: [], waiting: 0 })
})

test('keeps the session, and tells nothing, where that is not drawn', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings: { ...settings, sampleRate: 0 } }) })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => CRUM.addEvent('not told'))
  await visitor.waitForTimeout(400)
  const { kept, waiting } = await stored(visitor)
  expect([kept[0], waiting]).toEqual([session, 0])
  expect(at.beacons).toEqual([])
})

/** What stands on a page, and what is typed there. Each is to stay there. */
const body = `<main id="shop"><h2 title="secret title">secret heading</h2><p class="lead">secret text</p><img alt="secret alt" src="/secret.svg">
  <form aria-label="secret label"><input name="secretField" placeholder="secret hint"><textarea>secret note</textarea>
  <input type="password" id="password"><select><option>secret option</option></select>
  <button type="button" crum-action="order"><b>secret button</b></button></form></main>`

test('tells neither what stands on the page nor what is typed there', async ({ site, tab }) => {
  const at = await site({
    '/': page({ settings }).replace('<h1>', () => `${body}<h1>`),
    '/secret.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200"/></svg>',
  })
  const visitor = await tab(at.url('/'))
  await visitor.fill('[name=secretField]', 'secret value')
  await visitor.locator('#password').pressSequentially('secretKeys')
  await visitor.click('[crum-action]')
  await visitor.evaluate(() => console.error(document.querySelector('#shop'), document.forms[0]))
  await hide(visitor)
  const beacons = await at.until(
    (beacons) =>
      beacons.some(({ payload }) => payload.view.console) && beacons.some(({ payload }) => payload.view.actions),
  )
  const told = beacons.map(({ text }) => text).join('\n')
  // a URL is told
  expect(told.replaceAll('secret.svg', '')).not.toMatch(/secret/i)
  const [{ target, name }, { value }] = [
    ...beacons.flatMap(({ payload }) => payload.view.actions ?? []),
    ...beacons.flatMap(({ payload }) => payload.view.console ?? []),
  ] as unknown as [Record<string, unknown>, Record<string, unknown>]
  expect([target, name, value]).toEqual(['b', 'order', { 0: '<main>', 1: '<form>' }])
})
