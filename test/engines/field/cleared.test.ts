import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import type { Tab } from '../driver/tab.ts'
import { expect, test } from '../engineTest.ts'
import { outboxEvents } from './outboxEvents.ts'

declare const CRUM: Collector

const pages = {
  '/': `<!doctype html><title>page</title>${loader('/rum', { samplingRate: 100 })}<p>hello`,
  '/clear': { status: 204, headers: { 'clear-site-data': '"storage"' } },
}

test('stores again what waits when the data of its site were cleared, and is stored again after that', async ({
  lacks,
  site,
  tab,
}) => {
  const at = await site(pages)
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => 'hang'
  for (let n = 0; n < 3; n++) {
    await visitor.run((n) => CRUM.addEvent('tick', n), n)
    const expected = Array.from({ length: n + 1 }, (_, n) => n)
    await expect.poll(() => visitor.run(outboxEvents)).toEqual(expected)
    if (!(await clears(visitor))) lacks('Clear-Site-Data')
    await expect.poll(() => visitor.run(outboxEvents)).toEqual(expected)
  }
})

/** Asks for an answer that has the browser clear the data of the site; whether it has. */
const clears = (visitor: Tab) =>
  visitor.run(async () => {
    localStorage.mark = 'of the page'
    await fetch('/clear')
    return localStorage.mark === undefined
  })
