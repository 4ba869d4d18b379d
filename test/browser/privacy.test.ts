import type { Page } from 'playwright'
import type { Collector } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import { loader } from './harness/snippet.ts'
import { hide } from './harness/tabs.ts'
import { page } from './readings/row.ts'
import { told, untilTold } from './readings/told.ts'

declare const CRUM: Collector

const session = (id: string) => `<script>
  localStorage.CRUM ??= JSON.stringify({ id: '${id}-0000-4000-8000-000000000000', startTime: Date.now(), lastLoop: Date.now(), duration: 0 })
</script>`

/** A page whose settings are the source text of an object, functions included. */
const pageWith = (settings: string, head = '', body = '') =>
  page()
    .replace(/<script>\s*\(function[\s\S]*?<\/script>/, () => head + loader('/rum', settings))
    .replace('<h1>', () => `${body}<h1>`)

const events = (beacons: Arrival[]) =>
  beacons
    .flatMap(({ payload }) => (payload.view.events ?? []).flatMap((event) => Object.keys(event)))
    .filter((name) => name !== 'timeStamp')

/** What a client that collects leaves in a page; nothing, if it does not. */
const traces = (visitor: Page) =>
  visitor.evaluate(() => ({
    // a wrapped native function has no name in its text
    isPatched: !/ error\(/.test(Function.prototype.toString.call(console.error)),
    stored: Object.keys(localStorage),
  }))

/** Some rounds of sampling in a page that would have much to tell, then a sign from the page itself. */
async function stir(visitor: Page): Promise<void> {
  await visitor.evaluate(() => {
    CRUM.addEvent('stirred')
    console.error('stirred')
    performance.mark('HE-stirred')
  })
  await visitor.waitForTimeout(600)
  await hide(visitor)
  await visitor.evaluate(() => fetch('/end', { method: 'POST', body: '{}' }).then(() => {}))
}

const posts = (beacons: Arrival[]) => beacons.filter(({ path }) => path !== '/end')

for (const [share, id, isSampled] of [
  [0, '00000000', false],
  [1, 'ffffffff', true],
  [0.5, '00000000', true],
  [0.5, '7fffffff', true],
  [0.5, '80000000', false],
  [0.5, 'ffffffff', false],
] as const) {
  test(`${isSampled ? 'collects' : 'leaves alone'} session ${id} at a sampleRate of ${share}, in all views and tabs`, async ({
    site,
    tab,
  }) => {
    const html = page({ head: session(id), settings: { sampleRate: share } })
    const at = await site({ '/': html, '/next': html })
    const first = await tab(at.url('/'))
    expect((await traces(first)).isPatched).toBe(isSampled)
    await first.goto(at.url('/next'))
    const second = await tab(at.url('/next'))
    for (const visitor of [first, second]) expect((await traces(visitor)).isPatched).toBe(isSampled)
    await stir(second)
    await at.until((beacons) => beacons.some(({ path }) => path === '/end'))
    const ids = new Set(posts(at.beacons).map(({ payload }) => payload.session.id.slice(0, 8)))
    expect([...ids]).toEqual(isSampled ? [id] : [])
  })
}

test('lets beforeSend change a payload', async ({ site, tab }) => {
  const at = await site({
    '/': pageWith(
      `{ samplingRate: 200, beforeSend(payload) { payload.view.referer = 'hidden'; delete payload.attributes.ua; return payload } }`,
    ),
  })
  await tab(at.url('/'))
  const { view, attributes } = await untilTold(at, ({ view }) => expect(view.referer).toBe('hidden'))
  expect(view.pathname).toBe('/')
  expect(attributes).not.toHaveProperty('ua')
})

test.for([
  ['drops', 'return null', 0],
  ['throws', 'throw new Error("no scrubber")', 1],
] as const)('goes on, without a gap in seq, where beforeSend %s', async ([, statement, complaints], { site, tab }) => {
  const at = await site({
    '/': pageWith(`{ samplingRate: 200, beforeSend(payload) {
      if (payload.view.events?.some((event) => 'secret' in event)) { ${statement} }
      return payload
    } }`),
  })
  const visitor = await tab()
  const lines: string[] = []
  visitor.on('console', (line) => line.type() === 'error' && lines.push(line.text()))
  visitor.on('pageerror', (error) => lines.push(error.message))
  await visitor.goto(at.url('/'))
  for (const name of ['before', 'secret', 'after']) {
    await visitor.evaluate((name) => CRUM.addEvent(name), name)
    if (name === 'secret')
      await visitor.evaluate(
        () =>
          new Promise<void>((resolve) =>
            CRUM.debug$.subscribe((step) => (step.type === 'drop' || step.type === 'error' ? resolve() : undefined)),
          ),
      )
    else await at.until((beacons) => events(beacons).includes(name))
  }
  expect(events(at.beacons)).toEqual(['before', 'after'])
  const { payloads } = told(at.beacons)
  expect(payloads.map(({ beacon }) => beacon.seq)).toEqual(payloads.map((_, index) => index))
  expect(lines).toHaveLength(complaints)
  for (const line of lines) expect(line).toMatch(/beforeSend.*no scrubber/)
})

const gpc = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`

test('collects nothing where the visitor asks for privacy, if it is to respect that', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: gpc, settings: { respectGpc: true } }) })
  const visitor = await tab(at.url('/'))
  expect(await traces(visitor)).toEqual({ isPatched: false, stored: [] })
  await stir(visitor)
  await at.until((beacons) => beacons.some(({ path }) => path === '/end'))
  expect(posts(at.beacons)).toEqual([])
})

test('collects where the visitor asks for privacy, if it is not told to respect that', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: gpc }) })
  await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
})

const early = `<script>performance.mark('HE-early')</script><img src="/early.png">`
const inDatabases = () => indexedDB.databases().then((databases) => databases.map(({ name }) => name))

test('stores and sends nothing while consent is pending, and everything once it is given', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: early, settings: { consent: 'pending' } }), '/early.png': 'none' })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => CRUM.addEvent('early'))
  await visitor.waitForTimeout(600)
  expect(at.beacons).toEqual([])
  expect((await traces(visitor)).stored).toEqual([])
  expect(await visitor.evaluate(inDatabases)).toEqual([])
  await visitor.evaluate(() => CRUM.consent(true))
  const { session } = await untilTold(at, ({ view, metrics }) => {
    expect(view.marks.map(({ name }) => name)).toEqual(['HE-early'])
    expect(view.events).toMatchObject([{ early: {} }])
    expect(view.resources.map(({ name }) => name)).toContainEqual(expect.stringMatching(/early\.png$/))
    expect(metrics).toMatchObject({ fcp: expect.any(Number), lcp: expect.any(Number), duration: expect.any(Number) })
  })
  expect(await visitor.evaluate(() => JSON.parse(localStorage.CRUM).id)).toBe(session.id)
})

test.for(['pending', 'granted'] as const)(
  'forgets all and stops where consent was %s and is refused',
  async (consent, { site, tab }) => {
    const at = await site({
      '/': page({ head: early, settings: { consent, samplingRate: 60_000, entriesRate: 60_000 } }),
      '/early.png': 'none',
    })
    const visitor = await tab(at.url('/'))
    await visitor.evaluate(() => {
      CRUM.addEvent('early')
      CRUM.consent(false)
    })
    expect(await traces(visitor)).toEqual({ isPatched: false, stored: [] })
    await stir(visitor)
    await at.until((beacons) => beacons.some(({ path }) => path === '/end'))
    expect(posts(at.beacons)).toEqual([])
    expect((await traces(visitor)).stored).toEqual([])
    expect(await visitor.evaluate(inDatabases)).toEqual([])
  },
)

test('does not leave when the page is hidden before the visitor has answered', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings: { consent: 'pending' } }) })
  const visitor = await tab(at.url('/'))
  await stir(visitor)
  await at.until((beacons) => beacons.some(({ path }) => path === '/end'))
  expect(posts(at.beacons)).toEqual([])
})

test('masks every URL that leaves', async ({ site, tab }) => {
  const at = await site({
    '/from': '<!doctype html><a href="/jane/basket?token=jane#jane">go</a>',
    '/jane/basket': pageWith(
      `{ samplingRate: 200, entriesRate: 50, maskUrl: (url) => url.replaceAll('jane', 'somebody') }`,
      '',
      '<script src="/jane.js"></script>',
    ),
    '/jane.js': `
      addEventListener('load', function onload() {
        busy(120)
        console.error('see', location.href, { url: location.href })
        console.error(new Error('at home'))
        performance.mark('HE-url', { detail: location.href })
        CRUM.addEvent('url', { url: location.href })
        setTimeout(() => { throw new Error('at ' + location.href) })
        Promise.reject(new Error('rejected'))
        fetch('/jane.json?jane').then((response) => response.text())
        document.body.append(Object.assign(new Image(), { src: '/jane.png' }))
        history.pushState(0, '', '/jane/route?jane')
        setTimeout(() => CRUM.addEvent('end'), 300)
      })
    `,
    '/jane.json': '{}',
  })
  const visitor = await tab(at.url('/from'))
  await visitor.click('a')
  await at.until((beacons) => events(beacons).includes('end'))
  await hide(visitor)
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.visibility === 'hidden'))
  const everything = at.beacons.map(({ text }) => text).join('\n')
  expect(everything).toContain('/somebody/route')
  expect(everything).toContain('/somebody.js')
  const leaks = everything.match(/"[^"]*"?:?"[^"]*jane[^"]*"/g) ?? []
  expect(leaks).toEqual([])
})

/** What a page at this path tells of it where everything but the origin is masked. */
test.for([
  ['parentheses and quotes', "/list_(jane)'jane'", ''],
  ['a colon and a number', '/user:4711', ''],
  ['a key of an object', '/jane', 'console.error({ [location.href]: 1 })'],
] as const)('masks the whole URL where there are %s', async ([, path, script], { site, tab }) => {
  const at = await site({
    [path]: pageWith(`{ samplingRate: 200, entriesRate: 50, maskUrl: (url) => new URL(url).origin + '/' }`),
    '/file': 'text',
  })
  const visitor = await tab(at.url(path))
  await visitor.evaluate(`${script};fetch('/file?' + location.pathname)`)
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.resources?.length))
  await hide(visitor)
  await at.until((beacons) => beacons.some(({ payload }) => payload.beacon.reason === 'hidden'))
  const { view } = told(at.beacons)
  expect([view.href, view.id, view.pathname]).toEqual([`${at.origin}/`, '/', '/'])
  expect(at.beacons.map(({ text }) => text).join()).not.toMatch(/jane|4711/)
})

test('masks a referrer', async ({ site, tab }) => {
  const at = await site({
    '/jane': '<!doctype html><a href="/">go</a>',
    '/': pageWith(`{ samplingRate: 200, maskUrl: (url) => new URL(url).origin + '/' }`),
  })
  const visitor = await tab(at.url('/jane'))
  await visitor.click('a')
  await untilTold(at, ({ view }) => expect(view.referer).toBe(`${at.origin}/`))
})
