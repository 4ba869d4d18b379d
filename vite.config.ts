import { availableParallelism } from 'node:os'
import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }
import { findEngines } from './scripts/engines.ts'

const { version } = manifest

const cores = availableParallelism()

/** What keeps all cores busy by itself, or weighs a page with the client against one without. */
const alone = ['faults', 'leaveCost', 'guest/bounds', 'guest/longTasks'].map((name) => `test/browser/${name}.test.ts`)

/** These wait for what must come, not for how fast. Playwright is read once for each worker. */
const inBrowsers = { isolate: false, testTimeout: 60_000, hookTimeout: 90_000, expect: { poll: { timeout: 20_000 } } }

/** Most of their time these wait. */
const sideBySide = {
  ...inBrowsers,
  maxWorkers: cores + 1,
  sequence: { groupOrder: 1 },
  // a test that needs a second try has a fault, or has found one: it is to be seen, but the gate is not to be red by chance
  retry: process.env.CI ? 1 : 0,
}

/** RxJS in its es2015 build: 1.4 kB smaller than the ES5 one that Vite takes by default, and a third less CPU. */
const conditions = ['es2015', ...defaultClientConditions]

/** The package under its own name, for the examples of the documentation. */
const own = { 'crum/core': at('src/core.ts'), 'crum/otlp': at('src/otlp.ts'), crum: at('src/index.ts') }

/**
 * `vite build` makes dist/crum.js, the drop-in script, `vite build --mode otlp` the same with another sink;
 * `vite build --mode tools` makes dist/crum.debug.js, what DevTools
 * get beside it; `vite build --mode library` makes dist/index.js and what it
 * exports, the package, with both; `vite build --mode receiver` makes what `npm start` runs.
 */
export default defineConfig(({ mode }) => ({
  define: {
    __VERSION__: JSON.stringify(version),
    __OTLP__: mode === 'otlp',
    ...(isScript(mode) && { 'Array.from': 'copied' }),
  },
  resolve: { conditions, alias: alias(mode) },
  build: { library, tools, receiver, otlp: scriptAs('crum.otlp.js') }[mode] ?? { ...scriptAs('crum.js'), ...licenses },
  test: {
    projects: [
      {
        define: { __VERSION__: JSON.stringify(version) },
        // the build of RxJS that browsers get, not the CommonJS one that Node would take
        resolve: { conditions, alias: { rxjs: at('node_modules/rxjs/dist/esm/index.js'), ...own } },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/engines/**', 'test/collector/**', 'test/ecosystem/**'],
          isolate: false,
          setupFiles: 'test/helpers/endTimers.ts',
          maxWorkers: cores,
          server: { deps: { inline: ['rxjs'] } },
        },
      },
      {
        test: {
          ...sideBySide,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          exclude: alone,
        },
      },
      // the same files once for each engine that is there
      ...findEngines().map((engine) => ({
        test: {
          ...sideBySide,
          name: `engines ${engine.name}`,
          include: ['test/engines/**/*.test.ts'],
          provide: { engine },
        },
      })),
      // never twice: a guarantee that holds at the second try is none
      {
        test: { ...inBrowsers, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
}))

function isScript(mode: string) {
  return ['production', 'otlp'].includes(mode)
}

/** The script needs nothing of tslib. */
const alias = (mode: string): Record<string, string> =>
  isScript(mode) ? { tslib: at('build/noAsyncIterables.ts') } : {}

function at(path: string) {
  return new URL(path, import.meta.url).pathname
}

/** Of the language and the clocks what the script needs as it was at the start. It does with any `URL`. */
const functions = `Array, Boolean, Error, Map, Number, Object, Promise, Proxy, RegExp, Set, String, Symbol, TypeError,
  Uint8Array, WeakMap, WeakSet, setTimeout, setInterval, clearTimeout, clearInterval`
const others = 'JSON, Math, Reflect, URL'

/**
 * What the script stands on in a page of somebody else: the language and the clocks as they are at the start (what takes
 * their place later may be a map of the town, or stand still), and an `Array.from` that copies a list (those of MooTools and
 * Prototype do not, and a `Subject` would skip observers). `src` has no `Array.from` of its own. Of `Date` a page may replace
 * `now` alone, for the time of its server. The script's own `Date` is a function, or WebKit would throw at an `instanceof`.
 * In a page that has broken any of this before, the script does nothing but say so.
 */
const ground = `try {
const { ${functions}, ${others} } = window
if (![${functions}, JSON.parse, Math.max, Reflect.apply].every((part) => typeof part == 'function'))
  throw 'a name of the language is taken'
const Date = Object.assign(function () {}, { now: window.Date?.now, parse: window.Date?.parse })
const copied = (list) => [...list]`

/** What fails while the script is evaluated does not reach the page. */
const end = `} catch (error) {
  try { window.console.error('crum:', error) } catch {}
}`

const licenses = { license: { fileName: 'crum.licenses.md' }, emptyOutDir: true }

const scriptAs = (fileName: string) => ({
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: 'terser' as const,
  // only RxJS has members that begin with one underscore; two would be zone.js's
  terserOptions: {
    ecma: 2020 as const,
    compress: { passes: 3 },
    mangle: { properties: { regex: /^_[a-z]/ } },
    // a page in windows-1251 reads a script that comes without a charset as such
    format: { ascii_only: true },
  },
  lib: { entry: 'src/script.ts', formats: ['iife' as const], name: 'crum', fileName: () => fileName },
  rollupOptions: {
    output: {
      intro: ground,
      outro: end,
      // V8 then compiles all of it while it is still loading, off the main thread; nearly all of it runs at the start
      postBanner: `//# allFunctionsCalledOnLoad\n/*! crum ${version} MIT */`,
      // DevTools then shows a console call where the page made it, not in the patch
      sourcemapIgnoreList: () => true,
    },
  },
})

const tools = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: 'src/devtools/tools.ts', formats: ['es' as const], fileName: () => 'crum.debug.js' },
}

/** A process that is started often need not translate TypeScript each time. */
const receiver = {
  target: 'node20',
  outDir: 'dist/receiver',
  minify: false,
  ssr: true,
  rollupOptions: { input: ['demo/start.ts', 'demo/store/thread.ts'] },
}

const library = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: ['src/index.ts', 'src/core.ts', 'src/otlp.ts'], formats: ['es' as const] },
  // file by file, so that a bundler leaves out whole files of what nobody imports
  rollupOptions: { external: ['rxjs'], output: { preserveModules: true, entryFileNames: '[name].js' } },
}
