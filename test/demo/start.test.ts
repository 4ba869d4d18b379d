import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { beacon, code, readStored, schema, temporaryFolder } from './startReceiver.ts'

const root = join(import.meta.dirname, '..', '..')

describe('npm start', { timeout: 60_000 }, () => {
  it('says where the shop is, takes beacons, prints them, and ends at SIGINT with everything stored', async () => {
    const { dist, store } = await built()
    const demo = start(['--port', '0', '--store', store, '--dist', dist])
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+(?=\/shop\/lab)/)
    await demo.says(/Ctrl-C stops it/)

    expect(await (await fetch(`${origin}/rum`)).text()).toBe(code)
    const answer = await fetch(`${origin}/rum`, { method: 'POST', body: beacon('b-1') })
    expect(answer.status).toBe(204)
    await demo.says(/\/candle +sample #0/)

    demo.stop('SIGINT')
    expect(await demo.ended).toBe(0)
    expect(await readStored(store)).toMatchObject([{ payload: { beacon: { id: 'b-1' } } }])
  })

  it('ends at SIGINT also while an inspector listens', async () => {
    const { dist, store } = await built()
    const demo = start(['--port', '0', '--store', store, '--dist', dist])
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+(?=\/inspector)/)
    await demo.says(/Ctrl-C stops it/)
    const stream = await fetch(`${origin}/inspector/api/stream`)
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    demo.stop('SIGINT')
    expect(await demo.ended).toBe(0)
    await stream.body?.cancel().catch(() => {})
  })

  it('says how many beacons it has already, and that a torn line was moved', async () => {
    const { dist, store } = await built()
    await writeFile(store, `{"receivedAt":1,"payload":${beacon('old')}}\n{"torn`)
    const demo = start(['--port=0', '--store', store, '--dist', dist])
    await demo.says(/1 stored so far/)
    await demo.says(/The last line was torn; its 6 bytes were moved to .*\.torn/)
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

  it.each([
    [['--port', 'http'], {}, "--port takes a port, a whole number from 0 (any free one) to 65535; got 'http'"],
    [['--port', '65536'], {}, "got '65536'"],
    [['--port=-1'], {}, "got '-1'"],
    [[], { PORT: '80.5' }, "PORT takes a port, a whole number from 0 (any free one) to 65535; got '80.5'"],
    [['--prot', '80'], {}, "Unknown option '--prot'"],
  ])('names what makes no sense: %j %j', async (args, env, reason) => {
    const demo = start(args, env)
    expect(await demo.ended).toBe(1)
    expect(demo.errors()).toContain(reason)
    expect(demo.errors()).toContain('Usage: npm start -- [--port 8080]')
  })

  it('names what is not built and the command that builds it', async () => {
    const dist = await temporaryFolder()
    const demo = start(['--port', '0', '--dist', dist])
    expect(await demo.ended).toBe(1)
    expect(demo.errors()).toContain(`${join(dist, 'payload.schema.json')} is missing: npm run build makes it`)
  })
})

/** A folder with what a build leaves, and a place for the store. */
async function built() {
  const folder = await temporaryFolder()
  const dist = join(folder, 'dist')
  await mkdir(dist)
  await writeFile(join(dist, 'crum.js'), code)
  await writeFile(join(dist, 'payload.schema.json'), JSON.stringify(schema))
  return { dist, store: join(folder, 'beacons.ndjson') }
}

function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '', ...env },
  })
  onTestFinished(() => void demo.kill('SIGKILL'))
  let output = ''
  let errors = ''
  demo.stdout.on('data', (text) => {
    output += text
  })
  demo.stderr.on('data', (text) => {
    errors += text
  })
  const ended = once(demo, 'close').then(([exitCode]) => exitCode as number | null)

  return {
    ended,
    errors: () => errors,
    stop: (signal: NodeJS.Signals) => demo.kill(signal),
    /** Resolves once the output has it; fails if the program ends without. */
    says: async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = pattern.exec(output)
        if (found) return found
        const over = await Promise.race([once(demo.stdout, 'data'), ended.then((exitCode) => ({ exitCode }))])
        if ('exitCode' in over && !pattern.test(output))
          throw new Error(`Ended without ${pattern}:\n${output}${errors}`)
      }
    },
  }
}
