import { expect, test } from '../harness/browserTest.ts'
import { guestPage } from './guestPage.ts'

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
  [
    'the name of an action',
    (_crum, long) => {
      document.querySelector('h1')?.setAttribute('crum-action', long)
      document.querySelector('h1')?.click()
    },
  ],
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
  const { length } = at.beacons
  await at.until((beacons) => beacons.length > length)
  await visitor.waitForTimeout(1500)
  expect(Math.max(...at.beacons.map(({ text }) => Buffer.byteLength(text)))).toBeLessThan(64 * 1024)
})
