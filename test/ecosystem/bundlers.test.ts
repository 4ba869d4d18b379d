import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { rollup } from 'rollup'
import { minify } from 'terser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import webpack from 'webpack'

const dist = new URL('../../dist/', import.meta.url).pathname

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crum-bundle-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const withRollup = async (entry: string) => {
  const bundle = await rollup({ input: entry, external: ['rxjs'], plugins: [nodeResolve()] })
  const { output } = await bundle.generate({ format: 'es' })
  return output[0].code
}

const withWebpack = (entry: string) =>
  new Promise<string>((resolve, reject) =>
    webpack(
      {
        ...{ entry, mode: 'production', target: ['web', 'es2022'], externals: { rxjs: 'rxjs' }, devtool: false },
        ...{ output: { path: folder, filename: 'webpack.js', library: { type: 'module' } }, externalsType: 'module' },
        experiments: { outputModule: true },
      },
      (error, stats) => {
        if (error || stats?.hasErrors()) reject(error ?? new Error(stats?.toString()))
        else resolve(readFile(join(folder, 'webpack.js'), 'utf8'))
      },
    ),
  )

describe.for([
  ['Rollup', withRollup],
  ['webpack', withWebpack],
] as const)('a bundle by %s', ([, bundle]) => {
  const bundled = async (code: string) => {
    const entry = join(folder, 'entry.js')
    await writeFile(entry, code.replaceAll("'crum", `'${dist}`).replaceAll(`${dist}'`, `${dist}index.js'`))
    const { code: text = '' } = await minify(await bundle(entry), { module: true, ecma: 2020 })
    return { text, bytes: brotliCompressSync(text).length }
  }

  test('with one source has no more than that', async () => {
    const { bytes } = await bundled("export { longTasks } from 'crum'")

    expect(bytes).toBeLessThanOrEqual(1000)
  })

  test('with a collector of one source and a sink of one’s own has no delivery, and no other source', async () => {
    const { text, bytes } = await bundled(`
      import { callbackSink, into, longTasks } from 'crum'
      import { collect } from 'crum/core.js'
      const tasks = (page) => longTasks(page).pipe(into('view.longTasks[]'))
      export const crum = collect({ sources: [tasks], sinks: [callbackSink(() => {})] })
    `)

    expect(text).not.toMatch(/sendBeacon|indexedDB|fetchLater|largest-contentful-paint|securitypolicyviolation/)
    expect(bytes).toBeLessThanOrEqual(13_300)
  })

  test('with all has all', async () => {
    const { text } = await bundled("import { collect } from 'crum'; export const crum = collect({ endpoint: '/rum' })")

    expect(text).toMatch(/sendBeacon/)
    expect(text).toMatch(/largest-contentful-paint/)
  })
})
