import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

const html = `<!doctype html><html><head><title>page</title><link rel="icon" href="data:,">${loader('/rum', { samplingRate: 2000 })}</head>
  <body><a id="followed" href="#followed">there</a></body></html>`

test('sends for 60 replaced hashes in 3 s no more beacons than samples have passed, and one for a followed one', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': html })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  const before = at.beacons.length
  await visitor.run(
    () =>
      new Promise<void>((resolve) => {
        let n = 0
        const timer = setInterval(() => {
          history.replaceState(0, '', `#${++n}`)
          if (n < 60) return
          clearInterval(timer)
          resolve()
        }, 50)
      }),
  )
  await visitor.run(() => CRUM.addEvent('done'))
  const isDone = () => at.beacons.some(({ payload }) => payload.view.events?.some((event) => 'done' in event))
  await expect.poll(isDone).toBe(true)
  const sent = at.beacons.slice(before).map(({ payload }) => payload)
  const cuts = sent.filter(({ beacon }) => beacon.reason === 'route').length
  // a slow machine takes longer than 3 s
  const took = (at.beacons.at(-1)?.at ?? 0) - (at.beacons[before - 1]?.at ?? 0)
  expect(cuts).toBeLessThanOrEqual(1 + took / 2000)
  expect(sent.map(({ beacon }) => beacon.reason).filter((reason) => reason === 'sample').length).toBeLessThanOrEqual(
    1 + took / 2000,
  )
  expect(sent.at(-1)?.view.hash).toBe('#60')

  const routes = () => at.beacons.filter(({ payload }) => payload.beacon.reason === 'route').length
  const replaced = routes()
  // in one task, or a sample may end in between
  await visitor.run(() => {
    CRUM.addEvent('before')
    document.querySelector<HTMLElement>('#followed')?.click()
  })
  await expect.poll(routes).toBe(replaced + 1)
})

test.for([
  ['an origin of its own', {}],
  ['an opaque origin', { 'content-security-policy': 'sandbox allow-scripts' }],
] as const)('follows the URL in a page of %s, by hash, by history and back', async ([, headers], { site, tab }) => {
  const at = await site({ '/': { body: fieldPage(''), headers: { ...headers } } })
  const visitor = await tab(at.url('/'))
  const told = () =>
    at.beacons.flatMap(({ payload: { view } }) =>
      (view.events ?? []).map((event) => [Object.keys(event)[0], view.href.replace(at.origin, '')]),
    )
  await at.until((beacons) => beacons.length > 0)
  const steps = [
    "location.hash = '#a'",
    "history.pushState(0, '', '?x=1')",
    "history.pushState(0, '', '/c')",
    'history.back()',
  ]
  const went: string[] = []
  for (const [index, step] of steps.entries()) {
    // WebKit refuses another path in a document that is sandboxed
    await visitor.script(`try { ${step} } catch {}; setTimeout(() => CRUM.addEvent('after ${index}'), 200)`)
    await expect.poll(() => told().length).toBe(index + 1)
    went.push(await visitor.run(() => location.href.replace(location.origin, '')))
  }
  expect(went.slice(0, 2)).toEqual(['/#a', '/?x=1'])
  expect(told()).toEqual(went.map((href, index) => [`after ${index}`, href]))
})
