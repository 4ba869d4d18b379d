import { execFile } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const root = new URL('../', import.meta.url).pathname

/** What a program says, on both its outputs, when it has ended; rejects where it fails. */
const run = (code: string) =>
  new Promise<string>((resolve, reject) =>
    execFile(process.execPath, ['--input-type=module', '-e', code], { cwd: root }, (error, out, err) =>
      error ? reject(error) : resolve(`${out}${err}`.trim()),
    ),
  )

/** Starts a collector, twice, uses it, and says what its debug stream told. */
const use = (endpoint: string) => `
  const { collect, equip } = await import('crum')
  const crums = [collect({ endpoint: '${endpoint}' }), equip(collect({ endpoint: '${endpoint}' }))]
  const types = []
  for (const crum of crums) crum.debug$.subscribe(({ type }) => types.push(type))
  for (const crum of crums) crum.addEvent('a', {})
  for (const crum of crums) crum.stop()
`
const say = `console.log(types.join(' '))`

describe('the package', { timeout: 60_000 }, () => {
  test('does nothing in Node but say so', async () => {
    expect(await run(`${use('/rum')} ${say}`)).toBe('unsupported stop unsupported stop')
  })

  test('does nothing in a worker but say so', async () => {
    // of a data URL, from which no package is found by its name
    const code = use('/rum').replace("'crum'", `'file://${root}dist/index.js'`)
    const worker = `import { parentPort } from 'node:worker_threads'; ${code} parentPort.postMessage(types.join(' '))`
    const said = await run(`
      import { Worker } from 'node:worker_threads'
      const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(worker)})))
      worker.on('message', (text) => console.log(text))
    `)

    expect(said).toBe('unsupported stop unsupported stop')
  })

  test.for([
    [
      'jsdom',
      `const { JSDOM } = await import('jsdom'); globalThis.window = new JSDOM('', { url: 'http://shop.test/' }).window`,
    ],
    [
      'happy-dom',
      `const { Window } = await import('happy-dom'); globalThis.window = new Window({ url: 'http://shop.test/' })`,
    ],
  ])('lives in a page of %s, and ends without a failure', async ([, page]) => {
    // nothing answers there
    const said = await run(`${page}; ${use('http://127.0.0.1:9/rum')} ${say}; setTimeout(() => process.exit(), 500)`)

    expect(said).toMatch(/^init\b/)
    expect(said).not.toMatch(/Error/)
  })
})
