import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Forwarder } from '../../../demo/forward/forwarder.ts'
import { Reader } from '../../../demo/store/reader.ts'
import { Store } from '../../../demo/store/store.ts'
import { Tally } from '../../../demo/tally.ts'
import { stored } from '../inspector/stored.ts'
import { schema, temporaryFolder } from '../startReceiver.ts'
import { fakeCollector } from './fakeCollector.ts'

const patiently = { timeout: 20_000 }
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `k-${from + n}`)

/** A store whose beacons wait, and what sends them on; both can be closed and opened again. */
async function open() {
  const file = join(await temporaryFolder(), 'crum.db')
  const lines: string[] = []
  const store = new Store(file, { forwards: true })
  const reader = new Reader({ file, schema })
  const tally = new Tally()
  const running: Forwarder[] = []
  onTestFinished(async () => {
    await Promise.all(running.map((forwarder) => forwarder.close()))
    await reader.close()
    store.close()
  })
  return {
    ...{ file, store, lines, tally },
    append: async (from: number, to: number) =>
      void (await Promise.all(ids(from, to).map((_, n) => store.append(stored({ seq: from + n }))))),
    forward: (origin: string, headers: Record<string, string> = {}) => {
      const forwarder = new Forwarder({
        to: { url: `${origin}/v1/logs`, headers },
        unsent: (most) => reader.ask('unsent', { most }),
        acknowledge: (acknowledgement) => store.acknowledge(acknowledgement),
        forwarded: (what) => tally.forwarded(what),
        log: (line) => void lines.push(line.replace(origin, '')),
        clocks: { gather: 20, firstPause: 20, longestPause: 100, farewell: 500 },
      })
      running.push(forwarder)
      return forwarder
    },
  }
}

describe('a forwarder', { timeout: 60_000 }, () => {
  it('sends what arrives, in its order and in batches, with the headers it was given', async () => {
    const { store, append, forward, tally } = await open()
    const collector = await fakeCollector()
    await append(0, 250)
    forward(collector.origin, { 'x-key': 'a' })
    await expect.poll(() => collector.taken, patiently).toEqual(ids(0, 250))
    await append(250, 255)
    await expect.poll(() => collector.taken, patiently).toEqual(ids(0, 255))

    expect(collector.requests.map(({ ids }) => ids.length).slice(0, 3)).toEqual([100, 100, 50])
    expect(collector.requests[0]).toMatchObject({
      path: '/v1/logs',
      headers: { 'content-type': 'application/json', 'x-key': 'a' },
    })
    await expect.poll(() => store.queue, patiently).toEqual({ waiting: 0, refused: 0, deleted: 0 })
    expect(tally.forwardLine({ waiting: 0, refused: 0, deleted: 0 })).toBe('255 beacons sent on; 0 wait')
  })

  it('repeats a batch that was not answered, or with 429, 502, 503 or 504; says once that, and when it is over', async () => {
    const { append, forward, lines } = await open()
    const collector = await fakeCollector([0, 429, 502, 503, 504, 307].map((status) => ({ status })))
    await append(0, 3)
    forward(collector.origin)
    await expect.poll(() => collector.taken, patiently).toEqual(ids(0, 3))

    expect(collector.requests.map(({ ids }) => ids.length)).toEqual([3, 3, 3, 3, 3, 3, 3])
    await expect
      .poll(() => lines, patiently)
      .toEqual([
        expect.stringMatching(/^\/v1\/logs takes no log records \(.+\): what arrives waits in the store$/),
        '/v1/logs answers again',
      ])
  })

  it('waits for as long as Retry-After says', async () => {
    const { append, forward } = await open()
    const collector = await fakeCollector([{ status: 503, headers: { 'retry-after': '1' } }])
    await append(0, 1)
    forward(collector.origin)
    await expect.poll(() => collector.taken, patiently).toEqual(ids(0, 1))

    const [first = 0, second = 0] = collector.requests.map(({ at }) => at)
    expect(second - first).toBeGreaterThan(990)
  })

  it('skips, counts and tells what is refused for good, and goes on', async () => {
    const { store, append, forward, lines, tally } = await open()
    const collector = await fakeCollector([{ status: 400, body: '{"code":3,"message":"no\\u001b logs"}' }])
    await append(0, 150)
    forward(collector.origin)
    await expect.poll(() => collector.taken, patiently).toEqual(ids(100, 150))

    expect(collector.requests.map(({ ids }) => ids.length)).toEqual([100, 50])
    await expect.poll(() => store.queue, patiently).toEqual({ waiting: 0, refused: 100, deleted: 0 })
    expect(lines).toEqual(['/v1/logs refused 100 beacons for good: 400 no� logs'])
    expect(tally.forwardLine({ waiting: 0, refused: 100, deleted: 3 })).toBe(
      '50 beacons sent on; 100 refused for good; 0 wait; 3 deleted unsent so far',
    )
  })

  it('does not repeat what a partial success has rejected', async () => {
    const { store, append, forward, lines, tally } = await open()
    const partialSuccess = { rejectedLogRecords: '2', errorMessage: 'too old' }
    const collector = await fakeCollector([{ status: 200, body: JSON.stringify({ partialSuccess }) }])
    await append(0, 3)
    forward(collector.origin)
    await expect.poll(() => store.queue?.waiting, patiently).toBe(0)
    await expect.poll(() => lines, patiently).toEqual(['/v1/logs rejected 2 log records: too old'])

    expect(collector.requests).toHaveLength(1)
    expect(tally.forwardLine({ waiting: 0, refused: 0, deleted: 0 })).toBe(
      '3 beacons sent on; 2 of their log records rejected; 0 wait',
    )
  })

  it('sends smaller batches after a 413, down to one beacon, which it skips then', async () => {
    const { store, append, forward } = await open()
    const refuseLarge = (ids: string[]) => ({ status: ids.length > 2 || ids.includes('k-4') ? 413 : 200 })
    const collector = await fakeCollector(Array.from({ length: 50 }, () => refuseLarge))
    await append(0, 8)
    forward(collector.origin)
    await expect.poll(() => store.queue, patiently).toEqual({ waiting: 0, refused: 1, deleted: 0 })

    expect(collector.taken).toEqual(ids(0, 8).filter((id) => id !== 'k-4'))
  })

  it('goes on where it was after a restart of either, and repeats what was in flight', async () => {
    const { store, append, forward } = await open()
    const before = await fakeCollector([{ status: 200 }, { status: 503 }])
    await append(0, 2)
    const first = forward(before.origin)
    await expect.poll(() => store.queue?.waiting, patiently).toBe(0)
    await append(2, 4)
    await expect.poll(() => before.requests.length, patiently).toBeGreaterThan(1)
    await before.close()
    await first.close()
    await append(4, 6)
    const after = await fakeCollector([], before.port)
    forward(after.origin)
    await expect.poll(() => after.taken.at(-1), patiently).toBe('k-5')

    expect([...new Set([...before.taken, ...after.taken])]).toEqual(ids(0, 6))
  })

  it('begins with what arrives from the first time on, also in a file that has taken the place of another', async () => {
    const { file, store, append } = await open()
    await append(0, 2)
    store.close()
    const other = new Store(file)
    onTestFinished(() => other.close())
    expect(other.queue?.waiting).toBe(2)

    const late = new Store(`${file}.late`)
    await late.append(stored({ seq: 0 }))
    expect(late.queue).toBeUndefined()
    late.close()
    const forwarding = new Store(`${file}.late`, { forwards: true })
    onTestFinished(() => forwarding.close())
    expect(forwarding.queue?.waiting).toBe(0)
    // of another file
    await forwarding.append(stored({ seq: 1 }))
    forwarding.acknowledge({ run: 'another', next: 99, refused: 0 })
    expect(forwarding.queue?.waiting).toBe(1)
  })
})
