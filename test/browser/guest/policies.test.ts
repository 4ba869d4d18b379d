import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'
import { untilTold } from '../readings/told.ts'
import { complaints, expectHealthy, expectSample, guestPage, received, settingsScript } from './guestPage.ts'

const strict =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
const csp = (policy: string) => ({ 'content-security-policy': policy })
const script = readFileSync(new URL('../../../dist/crum.js', import.meta.url))
const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`

test('tells all under the strictest policy that lets it in, Trusted Types and all', async ({ site, tab }) => {
  const at = await site(guestPage({ headers: csp(strict) }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  const { view } = await expectHealthy(visitor, at)
  expect(view.errors).toEqual([])
  expect(heard).toEqual([])
})

test.for([
  ['a script element with the nonce', "script-src 'nonce-abc'", '<script id="CRUM" src="/rum"></script>'],
  ['the snippet with the nonce', "script-src 'nonce-abc' 'strict-dynamic'", loader()],
] as const)('starts from %s', async ([, policy, start], { site, tab }) => {
  const html = `<!doctype html><html><head><script>${settingsScript()}</script>${start}</head><body><script src="/work.js"></script></body></html>`
  const at = await site({
    ...guestPage(),
    '/': {
      body: html.replaceAll('<script', '<script nonce="abc"'),
      headers: csp(`default-src 'none'; ${policy}; connect-src 'self'`),
    },
  })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})

test.for(['its own origin', 'another origin'] as const)(
  'starts where its bytes are pinned, and come from %s',
  async (where, { site, tab }) => {
    const far = await site({ '/rum': { body: script, headers: { 'content-type': 'text/javascript' } } })
    const pages = guestPage({ attributes: `integrity="${integrity}" crossorigin="anonymous"` })
    const at = await site({ ...pages, '/rum': { body: script, headers: { 'content-type': 'text/javascript' } } })
    if (where === 'another origin') {
      const page = pages['/'] as { body: string }
      at.routes['/'] = { ...page, body: page.body.replace('src="/rum"', `src="${far.url('/rum')}"`) }
    }
    const visitor = await tab()
    const heard = complaints(visitor)
    await visitor.goto(at.url('/'))
    await untilTold(received(where === 'another origin' ? far : at), expectSample)
    expect(heard).toEqual([])
  },
)

test('starts where the page isolates itself from other origins', async ({ site, tab }) => {
  const at = await site(
    guestPage({
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'permissions-policy': 'unload=(), sync-xhr=(self)',
        'document-policy': 'force-load-at-top',
      },
    }),
  )
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  const { audits, view } = await expectHealthy(visitor, at)
  expect(audits.crossOriginIsolated).toBe(true)
  expect(view.errors).toEqual([])
  expect(heard).toEqual([])
})

test.for([
  ['the strictest policy', strict, ''],
  ['a nonce', "default-src 'none'; script-src 'nonce-abc'; connect-src 'self'", ' nonce="abc"'],
] as const)('fetches its tools for DevTools under %s', async ([, policy, nonce], { site, tab }) => {
  const pages = guestPage()
  const { body } = pages['/'] as { body: string }
  pages['/'] = { body: body.replaceAll('<script', `<script${nonce}`), headers: csp(policy) }
  const at = await site(pages)
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/?debug=1'))
  const isLoopable = () =>
    visitor.evaluate(() => Symbol.asyncIterator in Object((globalThis as { CRUM?: Collector }).CRUM?.debug$))
  await expect.poll(isLoopable).toBe(true)
  await expectHealthy(visitor, at)
  expect(heard).toEqual([])
})
