import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { credit } from './build/credit.ts'
import { squeeze } from './build/squeeze.ts'
import manifest from './package.json' with { type: 'json' }

const { version } = manifest

/** RxJS in its es2015 build: 1.4 kB smaller than the ES5 one that Vite takes by default, and a third less CPU. */
const conditions = ['es2015', ...defaultClientConditions]

const preamble = `//# allFunctionsCalledOnLoad\n/*! crum ${version} MIT */`

const define = { __VERSION__: JSON.stringify(version), __TOOLS__: 'true' }

/** A project of unit tests on one of the two RxJS, both in virtual time. */
const unit = (name: string, rxjs: string, include: string[], exclude: string[] = []) => ({
  define: { ...define },
  resolve: {
    conditions,
    alias: [
      { find: /^rxjs$/, replacement: at(rxjs) },
      { find: './clock.ts', replacement: at('test/helpers/virtualClock.ts') },
    ],
  },
  test: { name, include, exclude, server: { deps: { inline: ['rxjs'] } } },
})

const at = (path: string) => new URL(path, import.meta.url).pathname

/**
 * `vite build` makes dist/crum.js, the drop-in script; `vite build --mode tools` makes dist/crum.debug.js, what DevTools
 * get beside it; `vite build --mode library` makes dist/index.js, the package, with both.
 */
export default defineConfig(({ mode }) => ({
  define: { ...define, __TOOLS__: `${mode === 'library'}` },
  // the package takes RxJS from its user, the script has one written for it
  resolve: { conditions, alias: mode === 'library' ? [] : [{ find: 'rxjs', replacement: at('build/rxjs/index.ts') }] },
  build: mode === 'library' ? library : mode === 'tools' ? tools : script,
  plugins: mode === 'library' || mode === 'tools' ? [] : [squeeze(preamble), credit(script.license.fileName)],
  test: {
    projects: [
      // the RxJS of the package, in the build that browsers get, not the CommonJS one that Node would take
      unit('unit', 'node_modules/rxjs/dist/esm/index.js', ['test/**/*.test.ts'], ['test/browser/**']),
      // the RxJS of the drop-in script: all that runs on RxJS runs on that as well
      unit('slim', 'test/helpers/slimRxjs.ts', ['test/*.test.ts', 'test/{sources,operators,sinks}/**/*.test.ts']),
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
    ],
  },
}))

const script = {
  target: 'es2022',
  sourcemap: true,
  license: { fileName: 'crum.licenses.md' },
  lib: { entry: 'src/script.ts', formats: ['iife' as const], name: 'crum', fileName: () => 'crum.js' },
}

const tools = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: 'src/tools.ts', formats: ['es' as const], fileName: () => 'crum.debug.js' },
}

const library = {
  target: 'es2022',
  sourcemap: true,
  emptyOutDir: false,
  minify: false,
  lib: { entry: 'src/index.ts', formats: ['es' as const], fileName: () => 'index.js' },
  rollupOptions: { external: ['rxjs'] },
}
