import { setTimeout as wait } from 'node:timers/promises'
import { test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

const settings = { savingMode: false }

test.concurrent.for([
  ['says that it is online', "dispatchEvent(new Event('online'))"],
  ['does nothing', ''],
] as const)(
  'keeps to the pause that the receiver has asked for, though the browser %s',
  async ([, act], { expect, site, ownWindow }) => {
    const at = await site({ '/': fieldPage('', { settings }) })
    at.answer = () => ({ status: 503, headers: { 'retry-after': '3' } })
    const visitor = await ownWindow(at.url('/'))
    const [first] = await at.until((beacons) => beacons.length > 0)
    at.answer = () => ({})
    for (let times = 0; times < 5; times++) await visitor.script(act)
    const [, second] = await at.until((beacons) => beacons.length > 1)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(2900)
  },
)

test.concurrent('goes on with the pause when the visitor has hidden the page, and does not begin it anew', async ({
  expect,
  site,
  ownWindow,
}) => {
  const at = await site({ '/': fieldPage('', { settings }) })
  at.answer = () => ({ status: 503, headers: { 'retry-after': '4' } })
  const visitor = await ownWindow(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => ({})
  // shown for less than a pause each time, and for more than one in all
  for (let times = 0; times < 4; times++) {
    await wait(1500)
    await visitor.hide()
    await visitor.show()
  }
  expect(at.beacons.length).toBeGreaterThan(1)
})
