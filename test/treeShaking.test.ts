import { existsSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import * as crum from '../src/index'

const dist = new URL('../dist/', import.meta.url).pathname

/** The bytes (brotli) that some code is as a bundle, RxJS apart, and the files of the package in it. */
const bundle = async (contents: string) => {
  const { outputFiles, metafile } = await build({
    ...{ stdin: { contents, resolveDir: dist }, bundle: true, minify: true, write: false, metafile: true },
    ...{ format: 'esm', target: 'es2022', external: ['rxjs'], logLevel: 'error' },
  })
  const [output] = Object.values(metafile.outputs)
  const files = Object.entries(output?.inputs ?? {})
    .filter(([path, { bytesInOutput }]) => path.startsWith('dist/') && bytesInOutput > 0)
    .map(([path]) => path.replace(/^dist\/|\.js$/g, ''))
  return { bytes: brotliCompressSync(outputFiles[0]?.contents ?? '').length, files }
}

/** Bounds in bytes; what is not among them has the last. */
const bounds: Record<string, number> = {
  longTasks: 1050,
  // all sources, all sinks, and their delivery
  collect: 28_200,
  defaultSources: 13_450,
  ...{ beaconSink: 7700, otlpSink: 10_000, webVitals: 6850, equip: 4210 },
  ...{ errors: 3760, frameRate: 2410, heroMarks: 2790, longAnimationFrames: 2960, resources: 3600, view: 3400 },
  ...{ actions: 3210, browser: 1100, consoleCalls: 2580, device: 1400, firstInput: 1100, firstPaint: 1100 },
  ...{ loaded: 750, navigation: 2960, resourceTypes: 1800, route: 1110 },
}

const usual = 700

describe('a bundle', { timeout: 60_000 }, () => {
  beforeAll(() => {
    if (!existsSync(`${dist}index.js`)) throw new Error('the package was expected in dist: npm run build')
  })

  test('of nothing that is used is empty', async () => {
    const { files } = await bundle(`import { collect } from './index.js'; import * as all from './core.js'`)

    expect(files).toEqual([])
  })

  test.for(Object.keys(crum))('with %s alone stays within its bound', async (name) => {
    const { bytes } = await bundle(`export { ${name} } from './index.js'`)

    expect(bytes).toBeLessThanOrEqual(bounds[name] ?? usual)
  })

  test('with a collector of one source and a sink of one’s own has no other source, and no delivery', async () => {
    const { bytes, files } = await bundle(`
      import { into, longTasks } from './index.js'
      import { collect } from './core.js'
      const tasks = (page) => longTasks(page).pipe(into('view.longTasks[]'))
      collect({ sources: [tasks], sinks: [(payload$) => payload$] })
    `)

    expect(files.filter((path) => /^sources|^sinks|beacon|defaultSources/.test(path)).sort()).toEqual([
      // what `?debug=dry` puts in the place of every sink, and the name of a source
      ...['sinks/dryRun', 'sinks/sentBy', 'sources/longTasks', 'sources/source'],
    ])
    expect(bytes).toBeLessThanOrEqual(14_700)
  })
})
