import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { snippets } from '../../docs/snippets.ts'
import { expect, test } from '../engineTest.ts'
import { heardAt } from './hearing.ts'

declare const CRUM: Collector

/** The forms of docs/recipes.md in which the script may come, in their order, each as it stands there. */
const forms = snippets('recipes.md', 'html')
  .filter(({ heading }) => heading === 'Content Security Policy')
  .map(({ code }) => code)
const [handedOn = '', files = '', , plain = '', withPolicy = ''] = forms

const trusted = "require-trusted-types-for 'script'"

/**
 * The first script of each page: it tells its server what the policy blocks, what fails, and what is written into the
 * console. It has a nonce and is a file, so that each policy lets it in, and asks as the client does: no image may load.
 */
const listening = '<script nonce="abc" src="/listening.js"></script>'

const listeningScript = `{
  let count = 0
  const tell = (text) => fetch('/heard?' + ++count + '&' + encodeURIComponent(text), { keepalive: true })
  const { warn, error } = console
  console.warn = (...line) => { tell(line.join(' ')); warn.apply(console, line) }
  console.error = (...line) => { tell(line.join(' ')); error.apply(console, line) }
  addEventListener('error', ({ message, target }) => tell('error ' + (message ?? target.outerHTML)), true)
  addEventListener('unhandledrejection', ({ reason }) => tell('rejection ' + reason))
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => tell(['blocked', effectiveDirective, blockedURI, sample].join(' ')))
}`

/** A browser asks for one by itself; that is to be allowed, and no other image. */
const icon = '<link rel="icon" href="data:,">'

const page = (head: string, policy: string) => ({
  '/': {
    body: `<!doctype html><html><head><title>page</title>${icon}${listening}${head}</head><body>hello</body></html>`,
    headers: { 'content-security-policy': policy },
  },
  '/listening.js': listeningScript,
  '/settings.js': "CRUM = { labels: 'env=production' }",
  '/heard': { status: 204 },
})

test.for([
  ['the snippet that hands on its nonce, under nonces alone', handedOn, "script-src 'nonce-abc'"],
  [
    'plain elements and a file of settings, under the strictest policy',
    files,
    `script-src 'self'; ${trusted}; trusted-types 'none'`,
  ],
  [
    'plain elements with a nonce, under Trusted Types',
    plain,
    `script-src 'nonce-abc'; ${trusted}; trusted-types 'none'`,
  ],
  [
    'the snippet with a policy of its own, under Trusted Types',
    withPolicy,
    `script-src 'nonce-abc'; ${trusted}; trusted-types crum`,
  ],
  ['the snippet with a policy of its own, where there is no such rule', withPolicy, "script-src 'nonce-abc'"],
] as const)('starts with its settings from %s', async ([, form, policy], { site, tab }) => {
  expect(form).toMatch(/rum/)
  const at = await site(page(form, `default-src 'none'; img-src data:; connect-src 'self'; ${policy}`))
  const visitor = await tab(at.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.leave()
  const [beacon] = await at.until((beacons) => beacons.length > 0)
  expect(beacon?.payload.attributes.labels).toEqual(['env=production'])
  expect(heardAt(at)).toEqual([])
})

test('does not start from the snippet as it is under Trusted Types, which is what the forms are for', async ({
  engine,
  site,
  tab,
}) => {
  const snippet = loader('/rum', {}).replace('<script', '<script nonce="abc"')
  const at = await site(page(snippet, `script-src 'nonce-abc' 'strict-dynamic'; ${trusted}`))
  const visitor = await tab(at.url('/'))
  if (engine.apis['trusted types']) {
    const blocked = expect.stringMatching(/^blocked require-trusted-types-for .*script.* src\|/i)
    // the order of both is the engine's own
    await expect.poll(() => heardAt(at).sort()).toEqual([blocked, expect.stringMatching(/^error .*TypeError/)])
    expect(at.requests).not.toContain('GET /rum')
  } else {
    await visitor.until(() => !!CRUM.debug$)
    expect(heardAt(at)).toEqual([])
  }
})
