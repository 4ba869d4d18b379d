import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
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
const language = ['Map', 'Set', 'WeakMap', 'Promise', 'Proxy', 'Reflect', 'URL']
const mine = (kind: string) => language.map((name) => `${kind} ${name} = 'mine'`).join(';')

test.for([
  ['declares them before the script comes', mine('const'), ''],
  ['takes them when the script has started', '', mine('')],
] as const)(
  'tells all in a page that has names of the language for values of its own, and %s',
  async ([, before, after], { site, tab }) => {
    const work = `onload = () => setTimeout(() => {
      ${after}
      CRUM.addEvent('living', { of: [1] })
      console.error('heard')
      setTimeout(() => { throw new Error('of the page') })
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
