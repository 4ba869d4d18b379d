import { readdir, readFile } from 'node:fs/promises'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { Store } from '../../../demo/store/store.ts'
import { startReceiver } from '../startReceiver.ts'
import { posted, stored, type Told } from './stored.ts'

describe("the inspector's receiver", { timeout: 60_000 }, () => {
  it('serves what was there at the start and what came since', async () => {
    const { get, append } = await startInspector([{ key: 'a' }, { key: 'b', page: '/lab' }])
    await append({ key: 'b', seq: 1, page: '/lab' })
    expect(await get('sessions')).toMatchObject([{ n: 0, views: 2, beacons: 3 }])
    expect(await get('sessions/0/views')).toMatchObject([{ page: '/' }, { page: '/lab', beacons: 2 }])
    expect(await get('views/1')).toMatchObject({ view: { n: 1, key: 'b' }, session: { n: 0 } })
    expect(await get('find?beacon=b-9')).toMatchObject({ n: 1 })
  })

  it('hands out slices', async () => {
    const { get } = await startInspector(['a', 'b', 'c', 'd'].map((key) => ({ session: key, key })))
    expect(await get('sessions?from=1&to=3')).toMatchObject([{ id: 'b' }, { id: 'c' }])
    expect(await get('sessions?from=9&to=12')).toEqual([])
  })

  it('hands out the beacons of a view as they came, from any one on', async () => {
    const mine: Told[] = [
      { key: 'a', view: { href: 'ž\u2028\n' } },
      { key: 'a', seq: 1 },
    ]
    const { get, append } = await startInspector([mine[0] as Told, { key: 'b' }, mine[1] as Told])
    const first = await get('views/0/beacons')
    expect(first).toMatchObject({ total: 2, last: 2, isAll: true, unreadable: 0, beacons: mine.map(stored) })
    await append({ key: 'a', seq: 2 })
    expect(await get('views/0/beacons?after=2')).toMatchObject({ total: 3, beacons: [stored({ key: 'a', seq: 2 })] })
  })

  it('checks again what is stored, hands out nothing that would not be taken, and says how much that is', async () => {
    const { get, file } = await startInspector([0, 1, 2, 3].map((seq) => ({ seq, metrics: { lcp: 5 } })))
    const db = new Database(file)
    db.exec(`UPDATE beacons SET payload = replace(payload, '"lcp":5', '"lcp":1e999') WHERE n = 1`)
    db.exec("UPDATE beacons SET payload = '{' WHERE n = 2")
    db.close()
    const { beacons, unreadable } = await get('views/0/beacons')
    expect(beacons.map(({ payload }: { payload: { beacon: { seq: number } } }) => payload.beacon.seq)).toEqual([0, 3])
    expect(unreadable).toBe(2)
  })

  it('hands out the statistics of the pages', async () => {
    const { get } = await startInspector(
      [100, 200, 9000].map((lcp, n) => ({ key: `k${n}`, page: '/p', metrics: { lcp } })),
    )
    const { total, pages } = await get('pages')
    expect(total).toBe(1)
    expect(pages).toMatchObject([
      { page: '/p', views: 3, measured: { lcp: { count: 3, p75: 9000, good: 2, fair: 0, poor: 1 } } },
    ])
  })

  it('lists the pages with the most views first, and further ones when they are asked for', async () => {
    const { get } = await startInspector(['/a', '/b', '/b', '/c'].map((page, n) => ({ key: `k${n}`, page })))
    const { pages } = await get('pages?from=0&to=2')
    expect(pages.map(({ page }: { page: string }) => page)).toEqual(['/b', '/a'])
    expect(await get('pages?from=2&to=4')).toMatchObject({ total: 3, pages: [{ page: '/c' }] })
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

describe('the stream', { timeout: 60_000 }, () => {
  it('says hello with the totals, then tells of what comes and of duplicates', async () => {
    const { listen, post } = await startInspector([{ key: 'old' }])
    const next = await listen()
    expect(await next()).toMatchObject({ event: 'hello', data: { totals: { beacons: 1 }, run: expect.any(String) } })

    await post(posted({ session: 'other', key: 'new' }))
    expect(await next()).toMatchObject({
      event: 'change',
      data: { totals: { beacons: 2, sessions: 2 }, latest: 1, views: [{ n: 1, key: 'new' }], sessions: [{ n: 1 }] },
    })
    await post(posted({ session: 'other', key: 'new' }))
    expect(await next()).toMatchObject({ event: 'change', data: { totals: { beacons: 2, duplicates: 1 }, views: [] } })
  })

  it('tells of what another process has stored', async () => {
    const { listen, file } = await startInspector([])
    const next = await listen()
    await next()
    const other = new Store(file)
    await other.append(stored({ key: 'theirs' }))
    other.close()
    expect(await next()).toMatchObject({ event: 'change', data: { latest: 0, views: [{ key: 'theirs' }] } })
  })

  it('tells what comes together in one message, and says so where it is too much for one', async () => {
    const { listen, append } = await startInspector([])
    const next = await listen()
    await next()
    await Promise.all(Array.from({ length: 150 }, (_, n) => append({ key: `k${n}` })))
    const { data } = await next()
    expect([data.views.length, data.views.at(-1).n, data.isPartial]).toEqual([100, data.latest, true])
  })

  it('ends when the receiver does, which else would wait for it', async () => {
    const { app, listen } = await startInspector([])
    const next = await listen()
    await next()
    await app.close()
    await expect(next()).rejects.toThrow('The stream ended')
  })
})

/** A receiver with an inspector, and these beacons in its store at the start. */
async function startInspector(told: Told[]) {
  const receiver = await startReceiver()
  const append = (each: Told) => receiver.store.append(stored(each))
  await Promise.all(told.map(append))
  return { ...receiver, append, listen: async () => eventsOf(await fetch(`${receiver.origin}/inspector/api/stream`)) }
}

/** The next event of a stream, each time that it is called. */
function eventsOf(answer: Response) {
  const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader()
  let text = ''
  return async () => {
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
}
