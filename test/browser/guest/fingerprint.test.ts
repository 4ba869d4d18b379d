import { readFileSync } from 'node:fs'
import { expect, test } from '../harness/browserTest.ts'
import { fingerprint } from './fingerprint.ts'

/** The same page, whether the client is there or not: its own scripts run, and hear what they can hear. */
const page = `<!DOCTYPE html><html lang="en"><head><title>shop</title><link rel="icon" href="data:,">
  <script>(${fingerprint})(window)</script>
  <script>CRUM = {}</script><script id="CRUM" src="/rum"></script>
  </head><body><h1 id="h" crum-action="order">shop</h1>
  <script>
    addEventListener('load', () => {
      try { console.error('heard', { a: 1 }) } catch (error) { print('thrown', error) }
      console.debug('heard')
      history.pushState({ a: 1 }, '', '#route')
      setTimeout(() => { throw new Error('of the page') })
      Promise.reject(new Error('rejected'))
      document.getElementById('h').click()
      performance.mark('HE-mark')
    })
  </script></body></html>`

/** The list that docs/guest.md explains, one line each: \`- \`what\`\`. */
const documented = () => {
  const text = readFileSync(new URL('../../../docs/guest.md', import.meta.url), 'utf8')
  const [, section = ''] = /## What a page can notice\n([\s\S]*?)\n## /.exec(text) ?? []
  return [...section.matchAll(/^- `(.+?)`/gm)].map(([, what]) => what).sort()
}

test('is told from a page without the client by nothing but what the documentation lists', async ({ site, tab }) => {
  const at = await site({ '/': page })
  const client = { ...(at.routes['/rum'] as { body: string }) }
  const uncached = { 'content-type': 'text/javascript', 'cache-control': 'no-store' }
  const prints: Record<string, string>[] = []
  for (const body of ['', '', client.body]) {
    at.routes['/rum'] = { body, headers: uncached }
    const visitor = await tab(at.url('/'))
    await visitor.click('h1')
    if (body) await at.until((beacons) => beacons.length > 0)
    await visitor.waitForTimeout(1000)
    prints.push(await visitor.evaluate(() => (globalThis as unknown as { prints(): Record<string, string> }).prints()))
    await visitor.close()
  }
  const [without = {}, again = {}, having = {}] = prints
  const differences = (one: Record<string, string>, other: Record<string, string>) =>
    [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]).sort()
  expect(Object.keys(without).length).toBeGreaterThan(5000)
  expect(differences(without, again)).toEqual([])
  expect(differences(without, having)).toEqual(documented())
  expect(having['window.console.error']).toContain('[native code]')
})
