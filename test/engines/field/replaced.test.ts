import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { heardAt, hearing } from './hearing.ts'

declare const CRUM: Collector

const html = `<!doctype html><html><head><title>page</title><script>${hearing()}</script>${loader('/rum', { samplingRate: 100 })}</head><body>hello</body></html>`

/** What delivery relies on, by its name in the window or on `navigator`. */
const names = [
  ...['AbortController', 'Blob', 'CompressionStream', 'Response', 'TextEncoder', 'fetch', 'fetchLater', 'JSON'],
  ...['navigator.sendBeacon'],
]

test.concurrent.for(names)(
  'delivers as before where the page takes the name %s for its own when the script has started',
  async (name, { expect, site, ownWindow }) => {
    // not ASCII, and worth to be compressed
    const work = `setTimeout(() => { ${name} = function () { return true }; CRUM.addEvent('living', '\\u00e9'.repeat(2000)) }, 500)
      setTimeout(() => { CRUM.addEvent('leaving'); location = '/away' }, 2500)`
    const at = await site({
      '/': html.replace('hello', `<script>onload = () => { ${work} }</script>`),
      '/away': 'away',
    })
    await ownWindow(at.url('/'))
    const events = () =>
      at.beacons
        .flatMap(({ payload }) => payload.view.events ?? [])
        .flatMap((event) => Object.keys(event).filter((key) => key !== 'timeStamp'))
    await expect.poll(() => new Set(events())).toEqual(new Set(['living', 'leaving']))
    expect(heardAt(at)).toEqual([])
  },
)

/** Of the language what a page may have a thing of its own by. */
const language =
  `Array Boolean Error JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol TypeError URL
  Uint8Array WeakMap WeakSet`.split(/\s+/)
const mine = (kind: string) => language.map((name) => `${kind} ${name} = { mine: 1 }`).join(';')

test.for([
  ['declares them before the script comes', mine('const'), ''],
  ['takes them when the script has started', '', mine('')],
] as const)(
  'tells all in a page that has names of the language for values of its own, and %s',
  async ([, before, after], { site, tab }) => {
    const work = `const failure = new window.Error('of the page')
    onload = () => setTimeout(() => {
      ${after}
      CRUM.addEvent('living', { of: [1] })
      console.error('heard')
      setTimeout(() => { throw failure })
      // a driver itself relies on some of the names
      setTimeout(() => { location = '/away' }, 1500)
    }, 300)`
    const script = (text: string) => `<script>${text}</script>`
    const body = html.replace('<head>', `<head>${script(before)}`).replace('hello', script(work))
    const at = await site({ '/': body, '/away': 'away' })
    await tab(at.url('/'))
    const list = (name: 'events' | 'console' | 'errors') =>
      at.beacons.flatMap(({ payload }) => (payload.view[name] ?? []) as unknown[]).length
    await expect.poll(() => [list('events'), list('console'), list('errors')]).toEqual([1, 1, 1])
    await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
    expect(heardAt(at)).toEqual(['uncaught of the page'])
  },
)

test.concurrent.for(language)(
  'throws nothing into a page that has broken %s before the script comes',
  async (name, { expect, site, ownWindow }) => {
    const broken = `<script>onload = () => setTimeout(() => { console.error('own'); location = '/heard?0&done' }, 300); ${name} = { mine: 1 }</script>`
    const at = await site({ '/': html.replace('</script>', `</script>${broken}`) })
    at.routes['/heard'] = 'heard'
    await ownWindow(at.url('/'))
    await expect.poll(() => heardAt(at)).toContain('done')
    expect(heardAt(at)).toEqual(['done'])
  },
)

test.for([
  ['undefined', 'console = undefined'],
  ['null', 'console = null'],
  ['what throws when it is read', "Object.defineProperty(window, 'console', { get() { throw new Error('off') } })"],
  ['an object without functions', 'console = {}'],
] as const)('tells all but the console of a page whose console is %s', async ([, broken], { site, tab }) => {
  const work = `onload = () => setTimeout(() => {
    CRUM.addEvent('living')
    setTimeout(() => { throw new Error('of the page') })
    setTimeout(() => { location = '/away' }, 500)
  }, 300)`
  const at = await site({
    '/': html.replace('</script>', `;${broken}</script>`).replace('hello', `<script>${work}</script>`),
    '/away': 'away',
  })
  await tab(at.url('/'))
  await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
  const told = () =>
    unique(at.beacons).flatMap(({ payload: { view } }) => [...(view.events ?? []), ...(view.errors ?? [])])
  await expect.poll(() => told().length).toBe(2)
  expect(heardAt(at)).toEqual(['uncaught of the page'])
})
