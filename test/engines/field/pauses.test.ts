import { setTimeout as wait } from 'node:timers/promises'
import type { Site } from '../../browser/harness/site.ts'
import type { Tab } from '../driver/tab.ts'
import { test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

const html = fieldPage('', { settings: { trackResources: false } })

interface Places {
  site(pages: Record<string, string>): Promise<Site>
  ownWindow(): Promise<Tab>
}

/** A page whose receiver has asked for a pause, and would take what comes from then on; how many beacons there were before. */
const asked = async ({ site, ownWindow }: Places, seconds: number) => {
  const at = await site({ '/': html })
  const visitor = await ownWindow()
  at.answer = () => ({ status: 503, headers: { 'retry-after': `${seconds}` } })
  await visitor.go(at.url('/'))
  await visitor.script("CRUM.debug$.filter('retry').subscribe(() => { document.title = 'retry' })")
  await visitor.until(() => document.title === 'retry')
  at.answer = () => ({})
  return { at, visitor, before: at.beacons.length }
}

test.concurrent('keeps to the pause that the receiver has asked for, though the browser is online again', async ({
  expect,
  site,
  ownWindow,
}) => {
  const { at, visitor, before } = await asked({ site, ownWindow }, 600)
  for (let times = 0; times < 5; times++) await visitor.script("dispatchEvent(new Event('online'))")
  await wait(2000)
  expect(at.beacons).toHaveLength(before)
})

test.concurrent('goes on with the pause when the visitor has hidden the page, and does not begin it anew', async ({
  expect,
  site,
  ownWindow,
}) => {
  const { at, visitor, before } = await asked({ site, ownWindow }, 4)
  // shown for less than a pause each time
  for (let times = 0; times < 5 && at.beacons.length === before; times++) {
    await wait(1500)
    await visitor.hide()
    await visitor.show()
  }
  expect(at.beacons.length).toBeGreaterThan(before)
})
