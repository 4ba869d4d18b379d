import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeCollector } from './forward/fakeCollector.ts'
import { posted, stored } from './inspector/stored.ts'
import { built, start } from './startProcess.ts'
import { code, temporaryFolder } from './startReceiver.ts'
import { storedIn } from './storedIn.ts'

describe('npm start', { timeout: 120_000 }, () => {
  it('says where the shop is, takes beacons, prints them if asked to, and ends at SIGINT with everything stored', async () => {
    const { dist, store } = await built()
    const demo = start(['--port', '0', '--store', store, '--dist', dist, '--verbose'])
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+(?=\/shop\/lab)/)
    await demo.says(/Ctrl-C stops it/)

    expect(await (await fetch(`${origin}/rum`)).text()).toBe(code)
    const answer = await fetch(`${origin}/rum`, { method: 'POST', body: posted({ page: '/\x1b[2Jgone\r\n' }) })
    expect(answer.status).toBe(204)
    // steers no terminal with the text of a stranger
    await demo.says(/\/�\[2Jgone�� +sample #0 +\d+ B {2}nothing new/)
    await fetch(`${origin}/rum`, { method: 'POST', body: '{"a":"\x1b[2J"}' })
    await demo.says(/refused 400 {2}The body is not JSON/)

    const stream = await fetch(`${origin}/inspector/api/stream`)
    demo.stop('SIGINT')
    expect(await demo.ended).toBe(0)
    await stream.body?.cancel().catch(() => {})
    expect(storedIn(store)).toMatchObject([{ payload: { beacon: { id: 'k-0' } } }])
  })

  it('lets what is in flight end at SIGTERM, and answers it', async () => {
    const { dist, store } = await built()
    const demo = start(['--port', '0', '--store', store, '--dist', dist])
    const [, port] = await demo.says(/http:\/\/127\.0\.0\.1:(\d+)\/shop\/lab/)
    const body = posted()
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => {
      answer += data
    })
    const head = `POST /rum HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
    socket.write(head + body.slice(0, 100))
    await expect.poll(() => socket.bytesWritten).toBe(head.length + 100)
    // until it has been read, and waits for the rest
    await expect.poll(async () => (await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200)
    demo.stop('SIGTERM')
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          () => '',
          () => 'closed',
        ),
      )
      .toBe('closed')
    socket.write(body.slice(100))
    expect(await demo.ended).toBe(0)
    expect(answer).toMatch(/^HTTP\/1\.1 204/)
    expect(storedIn(store)).toHaveLength(1)
  })

  it('prints the token, and how to use it, where others can reach it; not else', async () => {
    const { dist, store } = await built()
    const demo = start(['--port=0', '--host=0.0.0.0', '--token=this-is-a-long-token', '--store', store, '--dist', dist])
    await demo.says(/What is stored is shown on this one; on others, .*with\s+\/inspector\?token=this-is-a-long-token/s)
    demo.stop('SIGTERM')
    expect(await demo.ended).toBe(0)
  })

  it('names a taken port and what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const { dist, store } = await built()

    const demo = start(['--store', store, '--dist', dist], { PORT: String(port) })
    expect(await demo.ended).toBe(1)
    expect(demo.errors()).toContain(
      `Port ${port} on 127.0.0.1 is taken by another program. Choose another one: npm start -- --port 8081`,
    )
  })

  it('names what is not built and the command that builds it', async () => {
    const dist = await temporaryFolder()
    const demo = start(['--port', '0', '--dist', dist])
    expect(await demo.ended).toBe(1)
    expect(demo.errors()).toContain(`${join(dist, 'payload.schema.json')} is missing: npm run build makes it`)
    expect(demo.errors()).toContain('Usage: npm start -- [--port 8080]')
  })

  it('sends beacons on to a collector, through a kill of its own and while the collector is away', async () => {
    const { dist, store } = await built()
    const away = await fakeCollector()
    await away.close()
    const run = async () => {
      const demo = start(['--port=0', '--store', store, '--dist', dist, '--otlp', away.origin])
      const [, origin] = await demo.says(/(http:\/\/127\.0\.0\.1:\d+)\/shop\/lab/)
      const post = (seq: number) => fetch(`${origin}/rum`, { method: 'POST', body: posted({ seq }) })
      return { ...demo, post }
    }
    const first = await run()
    expect((await first.post(0)).status).toBe(204)
    await first.says(/v1\/logs takes no log records \(.*\): what arrives waits in the store/)
    first.stop('SIGKILL')
    await first.ended
    const second = await run()
    await second.says(/Collector.*\/v1\/logs {3}1 beacons wait, 0 refused, 0 deleted unsent so far/)
    const collector = await fakeCollector([], away.port)
    await second.post(1)
    await expect.poll(() => collector.taken, { timeout: 60_000 }).toEqual(['k-0', 'k-1'])
    second.stop('SIGTERM')
    expect(await second.ended).toBe(0)
  })

  it('takes a file of beacons in, and writes one, also while another process uses the store', async () => {
    const { dist, store, folder } = await built()
    const file = join(folder, 'beacons.ndjson')
    const beacons = [stored({ page: 'a\u2028b' }), stored({ seq: 1 })]
    const lines = [...beacons, beacons[0], { receivedAt: 1, payload: {} }].map((each) => `${JSON.stringify(each)}\n`)
    await writeFile(file, `${lines.join('')}nonsense\n{"receivedAt`)
    const demo = start(['--port', '0', '--store', store, '--dist', dist])
    await demo.says(/Ctrl-C stops it/)
    const common = ['--store', store, '--dist', dist]
    const taking = start(['--import', file, ...common])
    await taking.says(/2 beacons taken from .*beacons\.ndjson, 1 were there already, 3 lines are none/)
    expect(await taking.ended).toBe(0)

    const copy = join(folder, 'copy.ndjson')
    expect(await start(['--export', copy, ...common]).ended).toBe(0)
    expect(await readFile(copy, 'utf8')).toBe(beacons.map((each) => `${JSON.stringify(each)}\n`).join(''))
    // lines of the README's receiver, and of something else
    const posts = [stored({ page: '/alone', key: 'alone' })].map(({ payload }) => `${JSON.stringify(payload)}\n`)
    await writeFile(file, posts.join(''))
    await start(['--import', file, ...common]).says(/1 beacons taken from .*, 0 were there already, 0 lines are none/)
    await writeFile(file, '{"a":1}\n[]\n')
    const refused = start(['--import', file, ...common])
    expect(await refused.ended).toBe(1)
    expect(refused.errors()).toContain('beacons.ndjson has 2 lines, and none is a beacon')
    // what is there is not overwritten
    expect(await start(['--export', copy, ...common]).ended).toBe(1)
    demo.stop('SIGTERM')
    expect(await demo.ended).toBe(0)
  })
})
