import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { BeaconStore } from '../../../demo/beaconStore.ts'
import { BeaconIndex } from '../../../demo/inspector/beaconIndex.ts'
import { inspectorRoutes } from '../../../demo/inspector/inspectorRoutes.ts'
import { beacon, startReceiver, temporaryFolder } from '../startReceiver.ts'
import { stored } from './stored.ts'

describe("the inspector's receiver", () => {
  it('serves what was there at the start and what came since', async () => {
    const { get, append } = await startInspector([stored({ key: 'a' }), stored({ key: 'b', page: '/lab' })])
    await append(stored({ key: 'b', seq: 1, page: '/lab' }))
    expect(await get('sessions')).toMatchObject([{ n: 0, views: 2, beacons: 3 }])
    expect(await get('sessions/0/views')).toMatchObject([{ page: '/' }, { page: '/lab', beacons: 2 }])
    expect(await get('views/1')).toMatchObject({ view: { n: 1, key: 'b' }, session: { n: 0 } })
    expect(await get('find?beacon=b-9')).toMatchObject({ n: 1 })
  })

  it('hands out slices', async () => {
    const { get } = await startInspector(['a', 'b', 'c', 'd'].map((key) => stored({ session: key, key })))
    expect(await get('sessions?from=1&to=3')).toMatchObject([{ id: 'b' }, { id: 'c' }])
    expect(await get('sessions?from=9&to=12')).toEqual([])
  })

  it('hands out the beacons of a view as they are stored, from any one on', async () => {
    const mine = [stored({ key: 'a', view: { href: 'ž\u2028\n' } }), stored({ key: 'a', seq: 1 })]
    const { get, append } = await startInspector([mine[0], stored({ key: 'b' }), mine[1]] as never)
    expect(await get('views/0/beacons')).toEqual({ total: 2, beacons: mine })
    await append(stored({ key: 'a', seq: 2 }))
    expect(await get('views/0/beacons?from=2')).toEqual({ total: 3, beacons: [stored({ key: 'a', seq: 2 })] })
  })

  it('hands out large views in parts, at least one beacon in each', async () => {
    const text = 'x'.repeat(1_500_000)
    const { get } = await startInspector([0, 1, 2].map((seq) => stored({ seq, view: { href: text } })))
    const parts = await Promise.all([0, 1, 2].map((from) => get(`views/0/beacons?from=${from}`)))
    expect(parts.map(({ total, beacons }) => [total, beacons.length])).toEqual([
      [3, 1],
      [3, 1],
      [3, 1],
    ])
  })

  it('hands out the statistics of the pages', async () => {
    const { get } = await startInspector(
      [100, 200, 9000].map((lcp, n) => stored({ key: `k${n}`, page: '/p', metrics: { lcp } })),
    )
    const { total, pages } = await get('pages')
    expect(total).toBe(1)
    expect(pages).toMatchObject([{ page: '/p', views: 3, measured: { lcp: { count: 3, good: 2, fair: 0, poor: 1 } } }])
  })

  it.each([
    ['views/7', 404, 'There is nothing at /inspector/api/views/7'],
    ['views/7/beacons', 404, 'There is nothing at'],
    ['find?beacon=x-1', 404, 'There is nothing at'],
    ['sessions?from=-1', 400, "from is a whole number from 0; got '-1'"],
    ['pages?to=all', 400, "to is a whole number from 0; got 'all'"],
  ])('refuses %s with %i', async (path, status, reason) => {
    const { origin } = await startInspector([])
    const answer = await fetch(`${origin}/inspector/api/${path}`)
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(reason)])
  })
})

describe("the inspector's page", () => {
  it('is served with its parts, and may run and load nothing but these', async () => {
    const { origin } = await startInspector([])
    const page = await fetch(`${origin}/inspector`)
    const text = await page.text()
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; " +
        "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types lit-html",
    )
    const parts = [...text.matchAll(/(?:src|href)="(\/inspector\/assets\/[^"]+)"/g)].map(([, path]) => path as string)
    const answers = await Promise.all(parts.map((path) => fetch(origin + path)))
    expect(answers.map((answer) => [answer.status, answer.headers.get('content-type')])).toEqual([
      [200, 'text/javascript; charset=utf-8'],
      [200, 'text/css; charset=utf-8'],
    ])
    expect(text).not.toMatch(/<script>|style=|https?:/)
    const missing = await fetch(`${origin}/inspector/assets/none.js`)
    expect(missing.status).toBe(404)
  }, 60_000)

  it('has no code that writes markup from text, but that of lit-html', async () => {
    const folder = new URL('../../../demo/inspector/page/', import.meta.url)
    const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'))
    const texts = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))
    const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|unsafeHTML|srcdoc|\beval\b|new Function/
    expect(files.filter((_, n) => forbidden.test(texts[n] as string))).toEqual([])
    expect(files.length).toBeGreaterThan(10)
  })
})

describe('the stream', () => {
  it('says hello with the totals, then tells of what comes and of duplicates', async () => {
    const { listen, post } = await startInspector([stored()])
    const next = await listen()
    expect(await next()).toMatchObject({ event: 'hello', data: { totals: { beacons: 1 }, run: expect.any(String) } })

    await post(beacon('new-0'))
    expect(await next()).toMatchObject({
      event: 'change',
      data: { totals: { beacons: 2, sessions: 2 }, latest: 1, views: [{ n: 1, key: 'new' }], sessions: [{ n: 1 }] },
    })
    await post(beacon('new-0'))
    expect(await next()).toMatchObject({ event: 'change', data: { totals: { beacons: 2, duplicates: 1 }, views: [] } })
  })

  it('tells what comes together in one message, and says so where it is too much for one', async () => {
    const { listen, index } = await startInspector([])
    const next = await listen()
    await next()
    for (let n = 0; n < 150; n++) index.stored(stored({ key: `k${n}` }), { offset: 0, length: 1 })
    const { data } = await next()
    expect([data.views.length, data.views.at(-1).n, data.isPartial]).toEqual([100, data.latest, true])
  })

  it('stops listening when its reader has gone', async () => {
    const { index, listen, append } = await startInspector([])
    const listeners: unknown[] = []
    const original = index.listen.bind(index)
    index.listen = (listener) => {
      const quit = original(listener)
      listeners.push(listener)
      return () => {
        listeners.splice(listeners.indexOf(listener), 1)
        quit()
      }
    }
    const next = await listen()
    await next()
    expect(listeners).toHaveLength(1)
    await next.end()
    await expect.poll(() => listeners.length).toBe(0)
    await append(stored())
  })
})

/** A receiver with an inspector, and these beacons in its store at the start. */
async function startInspector(beacons: ReturnType<typeof stored>[]) {
  const file = `${await temporaryFolder()}/beacons.ndjson`
  const before = await BeaconStore.open(file)
  for (const each of beacons) await before.append(each)
  await before.close()

  const index = new BeaconIndex()
  const receiver = await startReceiver({ file, watcher: index, routes: inspectorRoutes({ index, file }) })
  const api = `${receiver.origin}/inspector/api`
  return {
    ...receiver,
    index,
    get: async (path: string) => (await fetch(`${api}/${path}`)).json(),
    append: receiver.store.append.bind(receiver.store),
    listen: async () => eventsOf(await fetch(`${api}/stream`)),
  }
}

/** The next event of a stream, each time that it is called. */
function eventsOf(answer: Response) {
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader()
  let text = ''
  const next = async () => {
    for (;;) {
      const found = /event: (\w+)\ndata: (.*)\n\n/.exec(text)
      if (found) {
        text = text.slice(found.index + found[0].length)
        return { event: found[1] as string, data: JSON.parse(found[2] as string) }
      }
      const { value, done } = await reader.read()
      if (done) throw new Error(`The stream ended after: ${text}`)
      text += value as unknown as string
    }
  }
  return Object.assign(next, { end: () => reader.cancel() })
}
