import type { Collector } from '../../../src/index.ts'
import type { Tab } from '../driver/tab.ts'
import { test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

const html = fieldPage('', { settings: { stopCollectorAfter: 0.2 } })

test.concurrent.for<[string, (visitor: Tab) => Promise<unknown>]>([
  ['is left', (visitor) => visitor.leave('/next')],
  ['is closed', (visitor) => visitor.close()],
  ['stops the collector', (visitor) => visitor.run(() => CRUM.stop())],
  ['stays as it is', async () => {}],
])(
  'tells what a page has reported while it was hidden for long, and then %s',
  async ([, end], { expect, site, ownWindow }) => {
    const play = async () => {
      const at = await site({ '/': html, '/next': fieldPage('') })
      const visitor = await ownWindow(at.url('/'))
      await at.until((beacons) => beacons.length > 0)
      await visitor.script("CRUM.debug$.filter('sample').subscribe(({ reason }) => { document.title = reason })")
      await visitor.hide()
      await visitor.until(() => document.title === 'stop')
      await visitor.run(() => {
        CRUM.addEvent('tick', 1)
        CRUM.addError(new Error('unseen'))
      })
      await end(visitor)
      const found = () => unique(at.beacons)
      await expect
        .poll(() => ticksIn(found()))
        .toContain(1)
        .catch(() => {})
      const errors = found().flatMap(({ payload }) => payload.view.errors ?? [])
      return [...ticksIn(found()), ...errors.map(({ message }) => message)]
    }
    let told = await play()
    // a busy Firefox may end the script of a tab that is closed in the midst of its work: played three times at most
    for (let again = 0; again < 2 && told.length === 0; again++) told = await play()
    expect(told).toEqual([1, 'unseen'])
  },
)
