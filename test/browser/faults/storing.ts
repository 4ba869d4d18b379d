import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../harness/bareTab.ts'
import { each } from './each.ts'
import { crash, followLink, inOrder, killBrowser, outage } from './happenings.ts'
import type { Scenario } from './scenario.ts'
import { slowly } from './slowly.ts'

const atDocumentStart = (script: () => void) => (tab: Tab) =>
  tab.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${script})()` })

/** Opens the outbox's database as a later version of the client might have left it. */
const leaveLaterOutbox = (stores: string[]) => (tab: Tab) =>
  tab.run(
    (stores) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('CRUM', 99)
        request.onupgradeneeded = () => {
          for (const store of stores) request.result.createObjectStore(store)
        }
        request.onsuccess = () => resolve(request.result.close())
        request.onerror = () => reject(request.error)
      }),
    stores,
  )

/** Deletes the outbox; ends when the client has made another. */
const takeOutboxAway = async () => {
  await new Promise((resolve) => {
    indexedDB.deleteDatabase('CRUM').onsuccess = resolve
  })
  while ((await indexedDB.databases()).every(({ name }) => name !== 'CRUM'))
    await new Promise((resolve) => setTimeout(resolve, 50))
}

/** The store that the outbox is kept in is not what it was. */
export const storing: Scenario[] = [
  {
    name: 'Storage is full, the receiver answers 503 for a second, a link is followed',
    guarantee: 'at once',
    counts: 'told',
    before: (tab, origin) => tab.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 }),
    happens: inOrder(outage({ status: 503 }, 1), each(followLink)),
  },
  {
    name: "Storage is full, the page's process crashes",
    guarantee: 'at once',
    counts: 'written',
    before: (tab, origin) => tab.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 }),
    happens: crash,
  },
  {
    name: 'Storage is denied, the receiver answers 503 for a second, a link is followed',
    guarantee: 'at once',
    counts: 'told',
    before: atDocumentStart(() => {
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('denied', 'SecurityError')
        },
      })
    }),
    happens: inOrder(outage({ status: 503 }, 1), each(followLink)),
  },
  {
    name: 'The outbox is deleted under an open page, then the browser is killed',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    happens: inOrder(
      each((tab) => tab.run(takeOutboxAway)),
      () => wait(1500),
      killBrowser,
    ),
  },
  {
    name: "The site's data are cleared under an open page, then the browser is killed",
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    happens: inOrder(
      each((tab, { origin }) => tab.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })),
      () => wait(1500),
      killBrowser,
    ),
  },
  {
    name: "The outbox is of a later version of the client, the page's process crashes",
    guarantee: 'at once',
    counts: 'written',
    before: leaveLaterOutbox(['beacons']),
    happens: crash,
  },
  {
    name: "The outbox is of a later version without our store, the page's process crashes",
    guarantee: 'at once',
    counts: 'written',
    before: leaveLaterOutbox([]),
    happens: crash,
  },
  {
    name: 'The clock is a day ahead, the browser is killed, the clock is set right',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    before: atDocumentStart(() => {
      const { now } = Date
      Date.now = () => now() + 86_400_000
    }),
    happens: killBrowser,
  },
  {
    name: 'The clock is set back by an hour under an open page, then the browser is killed',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    happens: inOrder(
      each((tab) =>
        tab.run(() => {
          const { now } = Date
          Date.now = () => now() - 3_600_000
        }),
      ),
      () => wait(600),
      killBrowser,
    ),
  },
]
