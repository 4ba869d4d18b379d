import type { Collector } from '../../../src/index.ts'
import { untilTold } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** An image of 3 × 3 pixels, and what of its URL may not leave. */
const image = 'data:image/gif;base64,R0lGODlhAwADAIAAAP8AAP///yH5BAAAAAAALAAAAAADAAMAAAIDhG8FADs='
const hidden = /ann:|s3cret|R0lGODlh|hidden text/

test('tells no credentials, and of data: and blob: URLs the head, wherever a URL stands', async ({
  engine,
  site,
  tab,
}) => {
  const at = await site({
    '/': fieldPage(`<img id="hero" src="${image}" style="width: 90vw; height: 90vh"><p><button>end</button></p>`),
  })
  const visitor = await tab(
    at.url(
      '/?next=https://ann:s3cret@shop.test/&then=https%3A%2F%2Fann%3As3cret%40shop.test#to=//ann:s3cret@shop.test',
    ),
  )
  await visitor.run(async () => {
    const secret = `${location.protocol}//ann:s3cret@${location.host}`
    const add = (name: string, given: object) =>
      document.body.append(Object.assign(document.createElement(name), given))
    add('img', { src: `${secret}/gone.png` })
    add('img', { src: 'data:image/svg+xml;utf8,<svg hidden text' })
    add('script', { src: `${secret}/gone.js` })
    add('link', { rel: 'stylesheet', href: `${secret}/gone.css` })
    add('script', { src: URL.createObjectURL(new Blob(['reportError(new Error("in a blob"))'])) })
    await fetch('data:text/plain,hidden%20text s3cret')
    console.error(`failed: ${secret}/a and data:text/plain;base64,R0lGODlh`, { [secret]: new URL(secret) })
    CRUM.addEvent(secret, { at: secret, image: 'data:text/plain,s3cret' })
    CRUM.addError(Object.assign(new Error(`no ${secret}`, { cause: secret }), { stack: `at f (${secret}/a.js:1:2)` }))
    CRUM.addToLabels(`from=${secret}`)
    performance.mark(`HE-${secret}`, { detail: secret })
    document.querySelector('button')?.setAttribute('crum-action', secret)
    CRUM.setViewId(secret)
    Promise.reject(new Error(`rejected ${secret}`))
  })
  await visitor.click('button')
  await untilTold(at, ({ view }) => {
    const sources = view.errors.filter(({ type }) => type === 'resource').map(({ source }) => source)
    for (const name of ['/gone.png', '/gone.js', '/gone.css']) expect(sources).toContain(at.url(name))
    expect(sources).toContain('data:image/svg+xml;utf8,…')
    expect(view.errors.find(({ message }) => /in a blob/.test(message))?.source).toBe(`blob:${at.url('/')}…`)
    expect(view.errors.find(({ isHandled }) => isHandled)?.stack).toContain(at.url('/a.js:1:2'))
    expect(view.actions).toHaveLength(1)
    expect(view.marks).toHaveLength(1)
  })
  await visitor.leave()
  if (engine.apis['largest contentful paint'])
    await at.until((beacons) => beacons.some(({ payload }) => payload.metrics?.lcp))
  for (const { text } of at.beacons) expect(text).not.toMatch(hidden)
})

test('keeps URLs whole up to 8,000 characters', async ({ site, tab }) => {
  const path = `/gone?q=${'x'.repeat(7900)}`
  const at = await site({ '/': fieldPage(''), '/next': fieldPage('') })
  const visitor = await tab(at.url(`/?q=${'y'.repeat(5000)}`))
  await visitor.run((src) => document.body.append(Object.assign(new Image(), { src })), path)
  const { view } = await untilTold(at, ({ view }) => {
    expect(view.errors.map(({ source }) => source)).toEqual([at.url(path)])
    expect(view.resources.map(({ name }) => name)).toContain(at.url(path))
  })
  expect([view.href, view.search]).toEqual([at.url(`/?q=${'y'.repeat(5000)}`), `?q=${'y'.repeat(5000)}`])
  await visitor.run(() => history.pushState(0, '', `/${'z'.repeat(9000)}`))
  const { view: next } = await untilTold(at, ({ view }) => expect(view.href).toContain('zzz'))
  expect([next.href.length, next.href.at(-1)]).toEqual([8001, '…'])
})

test.for([
  ['blob:', 'URL.createObjectURL(new Blob([page], { type: "text/html" }))'],
  ['data:', '"data:text/html," + encodeURIComponent(page) + "?hidden text#s3cret"'],
] as const)('tells no more than the head of the URL of a %s document', async ([protocol, url], { site, tab }) => {
  const at = await site({})
  const page = fieldPage('<p>hidden text</p>').replace('src="/rum"', `src="${at.url('/rum')}"`)
  const escaped = JSON.stringify(page).replaceAll('</', '<\\/')
  at.routes['/'] =
    `<!doctype html><iframe></iframe><script>{ const page = ${escaped}; document.querySelector('iframe').src = ${url} }</script>`
  const visitor = await tab(at.url('/'))
  const [beacon] = await at.until((beacons) => beacons.length > 0)
  const { id, href, pathname, search, hash } = beacon?.payload.view ?? {}
  expect({ id, href: `${protocol}${pathname}`, search, hash }).toEqual({ id: pathname, href, search: '', hash: '' })
  expect(pathname).toBe({ 'blob:': `${at.url('/')}…`, 'data:': 'text/html,…' }[protocol])
  await visitor.leave()
  for (const { text } of at.beacons) expect(text).not.toMatch(/hidden.{1,3}text|s3cret|%3C/)
})

test('leaves an @ in a path, in a query and beside a URL as it is, and takes no time for a long text', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': fieldPage('<img src="/img//gone@2x.png">') })
  const search = '?return=https://shop.example&email=ann@other.example'
  const visitor = await tab(at.url(`/${search}`))
  const took = await visitor.run(() => {
    const start = performance.now()
    for (let times = 0; times < 5; times++) console.warn(`data:image/bmp;base64,Qk02${'/'.repeat(19_000)}`)
    console.warn(`a@b.example ${'\\'.repeat(15_990)}`)
    const between = performance.now()
    // what the same costs without a long run of slashes
    for (let times = 0; times < 5; times++) console.warn(`data:image/bmp;base64,Qk02${'Ab3/'.repeat(4750)}`)
    console.warn(`a@b.example ${'\\n'.repeat(7995)}`)
    return { slashes: between - start, others: performance.now() - between }
  })
  await untilTold(at, ({ view }) => {
    expect(view.errors.map(({ source }) => source)).toEqual([at.url('/img//gone@2x.png')])
    expect(view.console).toHaveLength(12)
    expect(view.search).toBe(search)
    expect(view.resources.map(({ name }) => name)).toContain(at.url('/img//gone@2x.png'))
  })
  // squared it was a thousand times as much; a busy machine may stop the page once
  expect(took.slashes).toBeLessThan(20 * took.others + 200)
})
