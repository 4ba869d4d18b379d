import { snippets } from '../../docs/snippets.ts'
import { complaints } from '../guest/guestPage.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

/** The forms of docs/recipes.md in which the script may come, in their order, each as it stands there. */
const forms = snippets('recipes.md', 'html')
  .filter(({ heading }) => heading === 'Content Security Policy')
  .map(({ code }) => code)
const [handedOn = '', files = '', , plain = '', withPolicy = ''] = forms

const trusted = "require-trusted-types-for 'script'"

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
  const headers = { 'content-security-policy': `default-src 'none'; connect-src 'self'; ${policy}` }
  const at = await site({
    '/': { body: `<!doctype html><html><head><title>page</title>${form}</head><body>hello</body></html>`, headers },
    '/settings.js': "CRUM = { labels: 'env=production' }",
  })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await visitor.waitForFunction('CRUM.debug$')
  await visitor.close()
  const [beacon] = await at.until((beacons) => beacons.length > 0)
  expect(beacon?.payload.attributes.labels).toEqual(['env=production'])
  expect(heard).toEqual([])
})

test('does not start from the snippet as it is under Trusted Types, which is what the forms are for', async ({
  site,
  tab,
}) => {
  const headers = { 'content-security-policy': `script-src 'nonce-abc' 'strict-dynamic'; ${trusted}` }
  const body = `<!doctype html><title>page</title>${loader('/rum', {}).replace('<script', '<script nonce="abc"')}`
  const at = await site({ '/': { body, headers } })
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expect.poll(() => heard.join('\n')).toMatch(/TrustedScriptURL/)
  expect(at.requests).not.toContain('GET /rum')
})
