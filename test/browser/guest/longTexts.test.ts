import { expect, test } from '../harness/browserTest.ts'
import type { Arrival } from '../harness/inbox.ts'
import { untilTold } from '../readings/told.ts'
import { guestPage, received } from './guestPage.ts'

const settings = { samplingRate: 300, entriesRate: 100, ignoreResources: 'no' }

/** What is one long text can't be split, so it is cut where it is read. */

test.for<[what: string, act: (crum: { [name: string]: (...args: unknown[]) => void }, long: string) => unknown]>([
  ['the name of an event', (crum, long) => crum.addEvent?.(long)],
  ['a label', (crum, long) => crum.addToLabels?.(`a=${long}`)],
  ['the list of labels', (crum) => Array.from({ length: 10_000 }, (_, index) => crum.addToLabels?.(`label${index}=1`))],
  ['the name of a view', (crum, long) => crum.setViewId?.(long)],
  ['the name of a mark', (_crum, long) => performance.mark(`HE-${long}`)],
  ['the detail of a mark', (_crum, long) => performance.mark('HE-a', { detail: { long } })],
  ['the address', (_crum, long) => history.pushState(0, '', `?${long.slice(0, 300_000)}#${long.slice(0, 300_000)}`)],
  ['the address of a resource', (_crum, long) => fetch(`/data.json?${long.slice(0, 100_000)}`)],
  ['the name of an action', (_crum, long) => document.querySelector('h1')?.setAttribute('crum-action', long)],
  ['the message of an error', (_crum, long) => void Promise.reject(new Error(long))],
])('sends no beacon of 64 KiB where %s is very long', async ([, act], { site, tab }) => {
  const at = await site({ ...guestPage({ settings }), '/data.json': '{}' })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.evaluate(
    (act) =>
      new Function('CRUM', 'long', `(${act})(CRUM, long)`)(
        (globalThis as unknown as { CRUM: unknown }).CRUM,
        'x'.repeat(1_000_000),
      ),
    String(act),
  )
  await visitor.click('h1')
  const { length } = at.beacons
  await at.until((beacons) => beacons.length > length)
  await visitor.waitForTimeout(1500)
  expect(Math.max(...at.beacons.map(({ text }) => Buffer.byteLength(text)))).toBeLessThan(64 * 1024)
})

const mostBytes = (beacons: Arrival[]) => Math.max(...beacons.map(({ text }) => Buffer.byteLength(text)))

test.for([
  ['the name of the view', `viewId: 'x'.repeat(200_000)`],
  ['one label', `labels: 'a=' + 'x'.repeat(200_000)`],
  ['a list of labels', `labels: Array.from({ length: 50 }, (_, index) => index + '=' + 'x'.repeat(200_000))`],
] as const)(
  'sends no beacon of 64 KiB where the settings have %s of 200,000 characters',
  async ([, setting], { site, tab }) => {
    const at = await site({ ...guestPage(), '/settings.js': `CRUM = { samplingRate: 200, ${setting} }` })
    const visitor = await tab(at.url('/'))
    await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ alive: {} }]))
    await visitor.close()
    await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
    expect(mostBytes(at.beacons)).toBeLessThan(64 * 1024)
  },
)

/** What the owner of a page masks must not leave in any part of a payload, however long it is. */
test.for([3000, 70_000])('leaves nothing of a path of %d characters that is masked', async (length, { site, tab }) => {
  const mask = `maskUrl: (url) => new URL(url).origin + '/masked'`
  const at = await site({ ...guestPage(), '/settings.js': `CRUM = { samplingRate: 200, entriesRate: 100, ${mask} }` })
  const visitor = await tab(at.url('/'))
  await untilTold(received(at), ({ view }) => expect(view.events).toHaveLength(1))
  await visitor.evaluate((length) => {
    const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string, context: object): void } }
    history.pushState(0, '', `/secret/${'secret/'.repeat(length / 7)}?${'secret='.repeat(10)}#secret`)
    CRUM.addEvent('routed', { url: location.href })
    console.error('heard', location.href, { url: location.href })
    performance.mark('HE-routed', { detail: location.href })
    Promise.reject(new Error(location.href))
    return fetch(location.href).catch(() => {})
  }, length)
  await untilTold(received(at), ({ view }) => {
    expect(view.id).toBe('/masked')
    expect([view.events.length, view.console.length, view.marks.length, view.errors.length]).toEqual([2, 2, 2, 1])
  })
  await visitor.close()
  await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
  expect(at.beacons.filter(({ text }) => text.includes('secret')).map(({ text }) => text.slice(0, 1000))).toEqual([])
  expect(mostBytes(at.beacons)).toBeLessThan(64 * 1024)
})
