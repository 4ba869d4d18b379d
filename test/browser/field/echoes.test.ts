import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'
import { silence } from './silence.ts'

declare const CRUM: Collector

const html = (before: string, settings = '') =>
  `<!doctype html><html><head><title>page</title><script>${before}</script>
  ${loader('/rum', `{ samplingRate: 100, entriesRate: 100, ignoreResources: 'no', ${settings} }`)}</head><body>hello</body></html>`

test.for([
  ['beforeSend logs', '', "beforeSend: (payload) => { console.debug('sends', payload); return payload }"],
  [
    'beforeSend fails now and then, and is told of',
    '',
    "beforeSend: (payload) => { reportError(new Error('odd')); return payload }",
  ],
  ['beforeSend records events', '', "beforeSend: (payload) => { CRUM.addEvent('sent'); return payload }"],
  ['maskUrl logs', '', "maskUrl: (url) => { console.warn('masks', url); return url }"],
  ['debug$ is printed', '', 'onReady: (CRUM) => { CRUM.debug$.subscribe((step) => console.debug(step)) }'],
  [
    'debug$ makes events',
    '',
    "onReady: (CRUM) => { CRUM.debug$.subscribe((step) => CRUM.addEvent('step', step.type)) }",
  ],
  [
    'fetch was wrapped, and logs',
    "const plain = fetch; window.fetch = (...given) => { console.debug('asks', given[0]); return plain(...given) }",
    '',
  ],
  [
    'localStorage was wrapped, and logs',
    "const plain = Storage.prototype.setItem; Storage.prototype.setItem = function (...given) { console.debug('stores', given); return plain.apply(this, given) }",
    '',
  ],
] as const)('is silent on an idle page where %s', async ([, before, settings], { site, tab }) => {
  const at = await site({ '/': html(before, settings) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await silence(at)
  const quiet = at.beacons.length
  // the page's own are heard as before
  await visitor.evaluate(() => {
    console.debug('own')
    CRUM.addEvent('own')
  })
  const told = () =>
    at.beacons
      .slice(quiet)
      .flatMap(({ payload: { view } }) => [
        ...(view.console ?? []).map(({ value }) => value[0]),
        ...(view.events ?? []).flatMap((event) => Object.keys(event).filter((name) => name !== 'timeStamp')),
      ])
  await expect.poll(told).toEqual(['own', 'own'])
})
