import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findBrowser } from '../../scripts/browser.ts'
import { openReceiver } from '../demo/startReceiver.ts'
import { switches } from './harness/launch.ts'

/** Each engine as its owner would start it, with a profile of its own. */
const engines: Record<string, (profile: string, url: string) => [command: string, args: string[]]> = {
  chromium: (profile, url) => [
    findBrowser(),
    [...switches.filter((each) => !/startup/.test(each)), `--user-data-dir=${profile}`, url],
  ],
  firefox: (profile, url) => ['/usr/bin/firefox-esr', ['--headless', '--no-remote', '--profile', profile, url]],
  webkit: (_, url) => ['/usr/bin/xvfb-run', ['-a', '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser', url]],
}
const installed = Object.keys(engines).filter((name) => {
  const [command, args] = engines[name]?.('', '') ?? ['', []]
  return (
    existsSync(command) &&
    (!args.some((each) => each.startsWith('/usr/')) ||
      args.every((each) => !each.startsWith('/usr/') || existsSync(each)))
  )
})

/** Makes a client say as much as it can, in every list, in texts of all kinds of characters, and as deep as it copies. */
const page = (script: string) => `<!doctype html><title>large</title><script>
  const long = ('ž🐎"\\\\\\u0000\\u2028x'.repeat(1_000))
  const deep = (n) => (n ? { a: deep(n - 1), b: [deep(n - 1)] } : long)
  CRUM = {
    samplingRate: 1000, entriesRate: 100, ignoreResources: 'no', viewId: long,
    labels: Array.from({ length: 100 }, (_, n) => 'label' + n + '=' + long),
    onReady: (crum) => {
      for (let n = 0; n < 60; n++) {
        console.error(long, deep(8), n, Number.MAX_VALUE, -0, NaN, Infinity)
        crum.addEvent(long + n, { long, deep: deep(8), n })
        performance.mark('HE-' + long + n, { detail: deep(8) })
        setTimeout(() => { throw Object.assign(new Error(long), { cause: new Error(long) }) })
        Promise.reject(deep(8))
        fetch('/nothing?' + encodeURIComponent(long.slice(0, 500)) + n).catch(() => {})
        new Image().src = '/nothing.png?' + n + 'x'.repeat(3000)
      }
      history.pushState(0, '', '?' + 'ž'.repeat(1000) + '#' + 'x'.repeat(9_000))
      crum.setViewId('/end' + long)
    },
  }
</script><script>${script.replaceAll('</script', '<\\/script')}</script>`

test.for(installed)('takes the largest that the client can say in %s', { timeout: 180_000 }, async (engine) => {
  const profile = await mkdtemp(join(tmpdir(), 'crum-large-'))
  const receiver = await openReceiver()
  const script = await readFile(new URL('../../dist/crum.js', import.meta.url), 'utf8')
  const html = page(script).replace('samplingRate', `endpoint: '${receiver.origin}/rum', samplingRate`)
  const site = createServer((request, response) => {
    response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    response.end(request.url === '/' ? html : '')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  const [command, args] = engines[engine]?.(profile, `http://127.0.0.1:${(site.address() as AddressInfo).port}/`) ?? [
    '',
    [],
  ]
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  onTestFinished(async () => {
    // the whole group: a browser has children
    if (child.pid) process.kill(-child.pid, 'SIGKILL')
    site.closeAllConnections()
    site.close()
    await receiver.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  })
  const names = async () => (await receiver.stored()).map(({ payload }) => payload.view.id)
  await expect.poll(names, { timeout: 150_000 }).toContainEqual(expect.stringMatching(/^\/end/))
  // what it could not say in its first samples comes in the next ones
  await expect
    .poll(async () => (await receiver.stored()).some(({ payload }) => payload.view.resources?.length), {
      timeout: 60_000,
    })
    .toBe(true)
  const stored = await receiver.stored()
  expect(receiver.refusals).toEqual([])
  expect(Math.max(...stored.map(({ payload }) => Buffer.byteLength(JSON.stringify(payload))))).toBeGreaterThan(40_000)
  expect(
    stored.some(({ payload }) => Object.keys(payload.beacon.dropped ?? {}).some((cause) => /^4/.test(cause))),
  ).toBe(false)
})
