import type { Collector } from '../../src/index.ts'
import { untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

const originAlone = `{ maskUrl: (url) => new URL(url).origin + '/' }`

test('masks every URL that leaves', async ({ site, tab }) => {
  const at = await site({
    '/from': '<!doctype html><a href="/jane/basket?token=jane#jane">go</a>',
    '/jane/basket': page({
      settings: `{ entriesRate: 50, maskUrl: (url) => url.replaceAll('jane', 'somebody') }`,
      body: '<script src="/jane.js"></script>',
    }),
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
  const isTold = (name: string) => at.beacons.some(({ payload }) => payload.view.events?.some((event) => name in event))
  await at.until(() => isTold('end'))
  await visitor.hide()
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.visibility === 'hidden'))
  const { view } = await untilTold(at, ({ view }) => {
    expect(view.resources.map(({ name }) => name)).toContain(at.url('/somebody.json?somebody'))
    expect(view.errors.map(({ type }) => type).sort()).toEqual(['error', 'resource', 'unhandledrejection'])
    expect(view.console).toHaveLength(2)
    expect(view.marks).toHaveLength(1)
  })
  expect(view.errors.map(({ stack }) => stack).join()).toContain('/somebody.js')
  const everything = at.beacons.map(({ text }) => text).join('\n')
  expect(everything).toContain('/somebody/route')
  const leaks = everything.match(/"[^"]*"?:?"[^"]*jane[^"]*"/g) ?? []
  expect(leaks).toEqual([])
  expect(everything).not.toContain('jane')
})

/** What a page at this path tells of it where everything but the origin is masked. */
test.for([
  ['parentheses and quotes', "/list_(jane)'jane'", ''],
  ['a colon and a number', '/user:47114711', ''],
  ['a key of an object', '/jane', 'console.error({ [location.href]: 1 })'],
] as const)('masks the whole URL where there are %s', async ([, path, script], { site, tab }) => {
  const at = await site({ [path]: page({ settings: originAlone }), '/file': 'text' })
  const visitor = await tab(at.url(path))
  await visitor.script(`${script};fetch('/file?' + location.pathname)`)
  await at.until((beacons) => beacons.some(({ payload }) => payload.view.resources?.length))
  await visitor.run(() => CRUM.addEvent('end'))
  await visitor.hide()
  const { view } = await untilTold(at, ({ view }) => {
    expect(view.events).toHaveLength(1)
    if (script) expect(view.console).toHaveLength(1)
  })
  expect([view.href, view.id, view.pathname]).toEqual([`${at.origin}/`, '/', '/'])
  expect(at.beacons.map(({ text }) => text).join()).not.toMatch(/jane|47114711/)
})

test('masks a referrer', async ({ site, tab }) => {
  const at = await site({ '/jane': '<!doctype html><a href="/">go</a>', '/': page({ settings: originAlone }) })
  const visitor = await tab(at.url('/jane'))
  await visitor.click('a')
  await untilTold(at, ({ view }) => expect(view.referer).toBe(`${at.origin}/`))
})
