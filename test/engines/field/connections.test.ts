import { readFileSync } from 'node:fs'
import type { Collector } from '../../../src/index.ts'
import type { Route } from '../../browser/harness/routes.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { heardAt, hearing } from './hearing.ts'

declare const CRUM: Collector
declare const seen: boolean[]

const html = (
  settings: object,
  script = '/rum',
) => `<!doctype html><title>page</title>${loader(script, { samplingRate: 50, ...settings })}
  <script>let n = 0; setInterval(() => self.CRUM?.addEvent?.('tick', { n: n++ }), 20)</script>`

/** What became of requests so far: `sent`, `retry 503`, `retry timeout`. */
const outcomes = (): string[] => {
  const seen = new Set<string>()
  CRUM.debug$.subscribe((step) => seen.add(`${step.type} ${'cause' in step ? step.cause : ''}`.trim()))
  return [...seen]
}

/** Answers each request with a head and half a body, and never ends it. */
const endless =
  (status: number, headers: Record<string, string> = {}): Route =>
  (request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).write('half '))
  }

/** A `fetch` that was there before, and looks at each answer. */
const looking = `<script>${hearing()}</script><script>const plain = fetch; window.fetch = async (...given) => {
  const answer = await plain(...given)
  if (answer.ok) seen.push((await answer.clone().body?.getReader().read())?.done ?? true)
  return answer
}; var seen = []</script>`

/** The script whose sink sends log records. */
const otlp: Route = {
  body: readFileSync('dist/crum.otlp.js', 'utf8'),
  headers: { 'content-type': 'text/javascript;charset=utf-8' },
}

test.for<[string, Route, string, script?: string]>([
  ['with a body that never ends', endless(200), 'sent'],
  ['with the beginning of a known length', endless(200, { 'content-length': '1000' }), 'sent'],
  ['503 with a body that never ends', endless(503, { 'retry-after': '0.01' }), 'retry'],
  ['404 with a body that never ends', endless(404), 'drop 404'],
  ['log records with a body that never ends', endless(200), 'sent', '/crum.otlp.js'],
])('leaves the page its connections where the receiver answers %s', async ([, route, step, script], { site, tab }) => {
  const pages = { '/': html({ endpoint: '/in' }, script), '/crum.otlp.js': otlp }
  const at = await site({ ...pages, '/in': route, '/data.json': '{"of":"the page"}' })
  const visitor = await tab(at.url('/'))
  // more beacons than a browser has connections for a host over HTTP/1.1
  await expect.poll(() => at.requests.filter((request) => request === 'POST /in').length).toBeGreaterThan(12)
  const text = await visitor.run(async () => (await fetch('/data.json', { cache: 'no-store' })).text())
  expect(text).toBe('{"of":"the page"}')
  const steps = await visitor.run(outcomes)
  expect(steps).toContain(step)
  // it did not wait until one of the client's requests was given up
  expect(steps).not.toContain('retry timeout')
})

test('keeps the connection where the receiver answers with a body that ends', async ({ site, tab }) => {
  const ports = new Set<number | undefined>()
  const at = await site({
    '/': html({ endpoint: '/in' }),
    '/in': (request, response) => {
      ports.add(request.socket.remotePort)
      request.resume().on('end', () => response.end('{"ok":true}'))
    },
  })
  await tab(at.url('/'))
  const posts = () => at.requests.filter((request) => request === 'POST /in').length
  await expect.poll(posts).toBeGreaterThan(12)
  expect(ports.size).toBeLessThanOrEqual(6)
})

test('leaves an answer to who reads it already', async ({ site, tab }) => {
  const at = await site({
    '/': looking + html({ endpoint: '/in' }),
    '/in': (request, response) => void request.resume().on('end', () => response.end('thanks')),
  })
  const visitor = await tab(at.url('/'))
  await expect.poll(() => at.requests.filter((request) => request === 'POST /in').length).toBeGreaterThan(4)
  expect(await visitor.run(() => seen)).toContain(false)
  expect(heardAt(at)).toEqual([])
})
