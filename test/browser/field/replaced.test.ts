import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

declare const CRUM: Collector

const html = `<!doctype html><html><head><title>page</title>${loader('/rum', { samplingRate: 100 })}</head><body>hello</body></html>`

/** What delivery relies on, by its name in the window or on `navigator`. */
const names = [
  ...['AbortController', 'Blob', 'CompressionStream', 'Response', 'TextEncoder', 'fetch', 'fetchLater', 'JSON'],
  ...['navigator.sendBeacon'],
]

test.for(names)(
  'delivers as before where the page takes the name %s for its own when the script has started',
  async (name, { site, tab }) => {
    const at = await site({ '/': html })
    const visitor = await tab()
    const failures: string[] = []
    visitor.on('pageerror', ({ message }) => failures.push(message))
    await visitor.goto(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    await visitor.evaluate(`${name} = function () { return true }`)
    // not ASCII, and worth to be compressed
    await visitor.evaluate(() => CRUM.addEvent('living', 'é'.repeat(2000)))
    const events = () =>
      at.beacons
        .flatMap(({ payload }) => payload.view.events ?? [])
        .flatMap((event) => Object.keys(event).filter((key) => key !== 'timeStamp'))
    await expect.poll(events).toEqual(['living'])
    await visitor.evaluate(() => CRUM.addEvent('leaving'))
    await visitor.close()
    await expect.poll(() => new Set(events())).toEqual(new Set(['living', 'leaving']))
    expect(failures).toEqual([])
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
    }, 300)`
    const script = (text: string) => `<script>${text}</script>`
    const at = await site({ '/': html.replace('<head>', `<head>${script(before)}`).replace('hello', script(work)) })
    const visitor = await tab()
    const failures: string[] = []
    visitor.on('pageerror', ({ message }) => failures.push(message))
    await visitor.goto(at.url('/'))
    const list = (name: 'events' | 'console' | 'errors') =>
      at.beacons.flatMap(({ payload }) => (payload.view[name] ?? []) as unknown[]).length
    await expect.poll(() => [list('events'), list('console'), list('errors')]).toEqual([1, 1, 1])
    await visitor.close()
    await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
    expect(failures).toEqual(['of the page'])
  },
)
