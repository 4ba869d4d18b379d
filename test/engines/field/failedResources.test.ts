import type { PageEvent } from '../../../src/payload/payload.ts'
import { received } from '../../browser/guest/guestPage.ts'
import { type Site, site } from '../../browser/harness/site.ts'
import { untilTold } from '../../browser/readings/told.ts'
import type { Tab } from '../driver/tab.ts'
import { test as base, expect } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

const svg = (inside: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50">${inside}</svg>`
const added = (make: string) => `<script>document.currentScript.after((() => { ${make} })())</script>`
const other = `const other = document.body.appendChild(document.createElement('iframe')).contentDocument;`

/** Elements that ask for `/gone…`, which is not there; `/never…` must not be asked for, nor told. */
const failing: [what: string, html: string, element: string][] = [
  ['an img', '<img src="/gone.png">', 'img'],
  ['an img with a srcset', '<img srcset="/gone.png 1x, /never.png 99x" src="/never.png">', 'img'],
  ['an img with nothing but a srcset', '<img srcset="/gone.png 1x">', 'img'],
  ['a picture', '<picture><source srcset="/gone.webp"><img src="/never.png"></picture>', 'img'],
  ['an image button', '<input type="image" src="/gone.png">', 'input'],
  ['a script', '<script src="/gone.js"></script>', 'script'],
  ['a module', '<script type="module" src="/gone.js"></script>', 'script'],
  ['a style sheet', '<link rel="stylesheet" href="/gone.css">', 'link'],
  ['a preload', '<link rel="preload" as="image" href="/gone.png">', 'link'],
  ['an object', '<object data="/gone.svg" type="image/svg+xml"></object>', 'object'],
  ['a video', '<video src="/gone.mp4"></video>', 'video'],
  ['a source of a video', '<video><source src="/gone.mp4"></video>', 'source'],
  ['a source of an audio', '<audio preload="auto"><source src="/gone.mp3"></audio>', 'source'],
  ['a track', '<video><track default src="/gone.vtt"></video>', 'track'],
  ['an SVG image', svg('<image href="/gone.png"/>'), 'image'],
  ['an SVG image of old', svg('<image xlink:href="/gone.png"/>'), 'image'],
  ['an SVG script', svg('<script href="/gone.js"></script>'), 'script'],
  ['an SVG image below a base', `<base href="/deep/">${svg('<image href="../gone.png"/>')}`, 'image'],
  [
    'an img of another document',
    added(`${other} const img = other.createElement('img'); img.src = '/gone.png'; return img`),
    'img',
  ],
  [
    'an element of XHTML',
    added(
      `return Object.assign(document.createElementNS('http://www.w3.org/1999/xhtml', 'img'), { src: '/gone.png' })`,
    ),
    'img',
  ],
  [
    'an img of a document that was parsed',
    added(`return new DOMParser().parseFromString('<img src="/gone.png">', 'text/html').querySelector('img')`),
    'img',
  ],
]

/** Each asks for a URL of its own. */
const rows = failing.map(([what, html, element], row) => ({
  ...{ what, element, path: /\/gone(\.\w+)/.exec(html)?.[0].replace('gone', `gone-${row}`) ?? '' },
  html: `<div data-row="${row}">${html.replaceAll('/gone', `/gone-${row}`)}</div>`,
}))

/** The page listens as well: WebKit says nothing of an object, or of a track. */
const listening = `<script>var heard = []; addEventListener('error', ({ target }) => {
  if (target !== window) heard.push(Number(target.closest('[data-row]').dataset.row))
}, true)</script>`

/** All on one page, but what moves the base of all: which rows the page hears of, and what it tells. */
const test = base.extend<{ visit: { sites: Site[]; heard: number[] } }>({
  visit: [
    async ({ engine }, use) => {
      const visit: { sites: Site[]; heard: number[] } = { sites: [], heard: [] }
      const visitors: Tab[] = []
      for (const isBased of [false, true]) {
        const wanted = rows.filter(({ html }) => /<base/.test(html) === isBased)
        const at = await site({ '/': fieldPage(wanted.map(({ html }) => html).join(''), { head: listening }) })
        const visitor = await engine.open()
        await visitor.go(at.url('/'))
        visit.sites.push(at)
        visit.heard.push(...(await visitor.run(hearsAll, wanted.length)))
        // it stays open until all is told: a busy Firefox may end what a closed tab still has to send
        visitors.push(visitor)
      }
      await use(visit)
      for (const visitor of visitors) await visitor.close()
      for (const at of visit.sites) await at.close()
    },
    { scope: 'file' },
  ],
})

declare const heard: number[]
const hearsAll = async (count: number) => {
  for (const end = performance.now() + 3000; heard.length < count && performance.now() < end; )
    await new Promise((resolve) => setTimeout(resolve, 50))
  return heard
}

for (const [row, { what, element, path }] of rows.entries()) {
  test(`tells the URL that ${what} has asked for in vain`, async ({ visit: { sites, heard }, lacks }) => {
    if (!heard.includes(row)) lacks(`error events of ${element} elements`)
    const at = sites.find(({ requests }) => requests.includes(`GET ${path}`)) as Site
    await untilTold(received(at), ({ view }) => {
      const failed = view.errors.filter(({ type, source }) => type === 'resource' && source === at.url(path))
      expect(failed).toMatchObject([{ message: element }])
    })
  })
}

test('asks for, and tells, nothing that an element did not choose', ({ visit: { sites } }) => {
  for (const { requests, beacons } of sites) {
    expect(requests.join()).not.toContain('never')
    for (const { text } of beacons) expect(text).not.toContain('never')
  }
})

test('tells on where elements ask for nothing, or have properties of their own that throw', async ({ site, tab }) => {
  const body = `<img src=""><script src=""></script>${added(`
    const odd = Object.assign(document.createElement('img'), { src: '/gone.png' })
    for (const name of ['src', 'currentSrc', 'getAttribute'])
      Object.defineProperty(odd, name, { get() { throw new Error('theirs') } })
    return odd`)}<script>onload = () => setTimeout(() => document.body.append(Object.assign(new Image(), { src: '/last.png' })), 100)</script>`
  const at = await site({ '/': fieldPage(body) })
  await tab(at.url('/'))
  const { view } = await untilTold(at, ({ view }) =>
    expect(view.errors.map(({ source }) => source)).toContain(at.url('/last.png')),
  )
  expect(view.errors.map(({ message, source }) => [message, source]).sort()).toEqual([
    ['img', ''],
    ['img', at.url('/gone.png')],
    ['img', at.url('/last.png')],
    ['script', ''],
  ])
})

test('tells of no failure where elements only speak to each other', async ({ site, tab }) => {
  const body = `<form><input name="nodeType"><input name="localName"></form><custom-player></custom-player><script>
    onload = () => {
      for (const element of document.querySelectorAll('form, custom-player')) {
        element.dispatchEvent(new Event('error', { bubbles: true }))
        element.dispatchEvent(new ErrorEvent('error', { bubbles: true, message: 'theirs' }))
      }
      setTimeout(() => { throw new Error('last') })
    }
  </script>`
  const at = await site({ '/': fieldPage(body) })
  await tab(at.url('/'))
  const { view } = await untilTold(at, ({ view }) => expect(view.errors.length).toBeGreaterThan(0))
  expect(view.errors.map(({ message }) => message)).toEqual([expect.stringMatching(/Error: last$/)])
})

test.for(['open', 'closed'] as const)(
  'tells a failure in an %s shadow root among the resources alone, and what is thrown there among the errors',
  async (mode, { engine, site, tab }) => {
    const body = `<shop-cart></shop-cart><script>
      const root = document.querySelector('shop-cart').attachShadow({ mode: '${mode}' })
      root.innerHTML = '<img src="/gone.png"><button>buy</button>'
      root.querySelector('button').onclick = () => { throw new Error('thrown inside') }
      root.querySelector('img').onerror = () => root.querySelector('button').click()
    </script>`
    const at = await site({ '/': fieldPage(body) })
    const visitor = await tab(at.url('/'))
    await untilTold(at, ({ view }) => {
      expect(view.errors.map(({ message }) => message)).toEqual([expect.stringMatching(/Error: thrown inside$/)])
    })
    const { view } = await untilTold(at, ({ view }) => {
      const gone = { name: at.url('/gone.png'), ...(engine.apis['response status'] && { responseStatus: 404 }) }
      expect(view.resources).toContainEqual(expect.objectContaining(gone))
    })
    await visitor.leave()
    expect(view.errors.filter(({ type }) => type === 'resource')).toEqual([])
  },
)

/** A tenth of a second of silence. */
const wave = Buffer.alloc(844, 128)
wave.write('RIFF')
wave.writeUInt32LE(836, 4)
wave.write('WAVEfmt ', 8)
for (const [at, value] of [16, 0x1_0001, 8000, 8000, 0x8_0001].entries()) wave.writeUInt32LE(value, 16 + at * 4)
wave.write('data', 36)
wave.writeUInt32LE(800, 40)

test('tells of no URL where a page releases a player', async ({ site, tab }) => {
  const body = `<video preload="auto" src="/played.wav"></video><script>
    const video = document.querySelector('video')
    let released = 0, failed = 0
    const release = () => {
      if (released++) return
      video.onerror = () => failed++
      video.src = ''
      setTimeout(() => CRUM.addEvent('released', { failed }), 1000)
    }
    video.onloadeddata = video.onerror = release
    // an engine may play nothing
    onload = () => setTimeout(release, 3000)
  </script>`
  const at = await site({
    '/': fieldPage(body),
    '/played.wav': { body: wave, headers: { 'content-type': 'audio/wav' } },
  })
  await tab(at.url('/'))
  const { view } = await untilTold(at, ({ view }) => expect(view.events).toHaveLength(1))
  const { failed } = (view.events[0] as PageEvent).released as { failed: number }
  // one that can't be played has failed before
  const sources = view.errors.map(({ source }) => source).filter((source) => source !== at.url('/played.wav'))
  expect(sources).toEqual(failed ? [''] : [])
})
