import { build } from 'esbuild'
import type { Collector, Payload } from '../../src/index.ts'
import { expect, test } from './engineTest.ts'

/** A module of the page, with the package in it. */
const bundled = async (contents: string) => {
  const resolveDir = new URL('../../dist/', import.meta.url).pathname
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir }, bundle: true, format: 'esm', write: false, logLevel: 'error' },
  })
  return { body: outputFiles[0]?.text ?? '', headers: { 'content-type': 'text/javascript' } }
}

declare const crum: Collector
declare const heard: unknown[]

test('takes the browser’s own observables as sources, and gives its debug stream as one', async ({
  site,
  tab,
  needs,
}) => {
  needs('observables')
  const script = await bundled(`
    import { collect, toPlatform } from './index.js'
    const press$ = document.querySelector('button').when('click').map(({ timeStamp }) => ({
      field: 'view.events[]', value: { press: {}, timeStamp },
    }))
    globalThis.crum = collect({ endpoint: '/rum', samplingRate: 500, sources: [press$] })
    globalThis.heard = []
    globalThis.controller = new AbortController()
    const step$ = toPlatform(crum.debug$)
    step$.filter(({ type }) => type === 'sent').subscribe((step) => heard.push(step.type), { signal: controller.signal })
  `)
  const html = '<!doctype html><button>press</button><script type="module" src="/app.js"></script>'
  const shop = await site({ '/': html, '/app.js': script })
  const visitor = await tab(shop.url('/'))
  await visitor.until(() => 'crum' in globalThis)
  await visitor.click('button')
  const beacons = await shop.until((all) => all.some(({ payload }) => payload.view.events))
  expect(beacons.flatMap(({ payload }) => payload.view.events ?? [])).toEqual([
    { press: {}, timeStamp: expect.any(Number) },
  ])
  await expect.poll(() => visitor.run(() => heard)).toContain('sent')
  // stopped, the source has let go of the button
  await visitor.run(() => crum.stop())
  await visitor.click('button')
  expect(await visitor.run(() => heard.length)).toBeLessThan(4)
})

test('shows the payloads of all tabs of an origin in one page', async ({ site, tab }) => {
  const script = await bundled(`
    import { broadcastSink, collect } from './index.js'
    globalThis.crum = collect({ samplingRate: 500, sinks: [broadcastSink()] })
  `)
  const html = '<!doctype html><title>a</title><script type="module" src="/app.js"></script>'
  const listening = `<!doctype html><script>
    self.heard = []; new BroadcastChannel('crum').onmessage = ({ data }) => heard.push(data)</script>`
  const shop = await site({ '/a': html, '/b': html, '/debugging': listening, '/app.js': script })
  const debugging = await tab(shop.url('/debugging'))
  for (const path of ['/a', '/b']) await tab(shop.url(path))
  const pages = () => debugging.run(() => [...new Set((heard as Payload[]).map(({ view }) => view.pathname))].sort())

  await expect.poll(pages).toEqual(['/a', '/b'])
})
