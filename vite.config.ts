import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }
import { findEngines } from './scripts/engines.ts'

const { version } = manifest

/** RxJS in its es2015 build: 1.4 kB smaller than the ES5 one that Vite takes by default, and a third less CPU. */
const conditions = ['es2015', ...defaultClientConditions]

/**
 * `vite build` makes dist/crum.js, the drop-in script; `vite build --mode tools` makes dist/crum.debug.js, what DevTools
 * get beside it; `vite build --mode library` makes dist/index.js, the package, with both.
 */
export default defineConfig(({ mode }) => ({
  define: { __VERSION__: JSON.stringify(version), ...(mode === 'production' && { 'Array.from': 'copied' }) },
  resolve: { conditions, alias: alias(mode) },
  build: mode === 'library' ? library : mode === 'tools' ? tools : script,
  test: {
    projects: [
      {
        define: { __VERSION__: JSON.stringify(version) },
        // the build of RxJS that browsers get, not the CommonJS one that Node would take
        resolve: { conditions, alias: { rxjs: at('node_modules/rxjs/dist/esm/index.js') } },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/engines/**'],
          server: { deps: { inline: ['rxjs'] } },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          // after the unit tests, so that the machine is the browser's own
          sequence: { groupOrder: 1 },
          // a real browser on a busy machine: what fails twice fails
          retry: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      // the same files once for each engine that is there
      ...findEngines().map((engine) => ({
        test: {
          name: `engines ${engine.name}`,
          include: ['test/engines/*.test.ts'],
          // one browser for all files
          isolate: false,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 90_000,
          provide: { engine },
        },
      })),
    ],
  },
}))

/** The script needs nothing of tslib. */
const alias = (mode: string): Record<string, string> =>
  mode === 'production' ? { tslib: at('build/noAsyncIterables.ts') } : {}

function at(path: string) {
  return new URL(path, import.meta.url).pathname
}

/**
 * What RxJS stands on in a page of somebody else: the clocks as they are at the start (what takes their place later may
 * stand still), and an `Array.from` that copies a list
 * (those of MooTools and Prototype do not, and a `Subject` would skip observers). `src` has no `Array.from` of its own.
 */
const ground = `const { Date, setTimeout, setInterval, clearTimeout, clearInterval } = window
const copied = (list) => [...list]`

const script = {
  target: 'es2022',
  sourcemap: true,
  license: { fileName: 'crum.licenses.md' },
  minify: 'terser' as const,
  // only RxJS has members that begin with one underscore; two would be zone.js's
  terserOptions: { ecma: 2020 as const, compress: { passes: 3 }, mangle: { properties: { regex: /^_[a-z]/ } } },
  lib: { entry: 'src/script.ts', formats: ['iife' as const], name: 'crum', fileName: () => 'crum.js' },
  rollupOptions: {
    output: {
      intro: ground,
      // V8 then compiles all of it while it is still loading, off the main thread; nearly all of it runs at the start
      postBanner: `//# allFunctionsCalledOnLoad\n/*! crum ${version} MIT */`,
      // DevTools then shows a console call where the page made it, not in the patch
      sourcemapIgnoreList: () => true,
    },
  },
}

const tools = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: 'src/devtools/tools.ts', formats: ['es' as const], fileName: () => 'crum.debug.js' },
}

const library = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: 'src/index.ts', formats: ['es' as const], fileName: () => 'index.js' },
  rollupOptions: { external: ['rxjs'] },
}
