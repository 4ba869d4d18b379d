import { buildSync } from 'esbuild'
import { defineConfig } from 'vitest/config'
import manifest from '../package.json' with { type: 'json' }

/** RxJS in one module, with what the tests of time need of it: a worker for each mutant reads two hundred files less. */
const [rxjs] = buildSync({
  stdin: {
    contents: `export * from './index.js'
      export { TestScheduler } from './testing/index.js'
      export { intervalProvider } from './internal/scheduler/intervalProvider.js'`,
    resolveDir: new URL('../node_modules/rxjs/dist/esm', import.meta.url).pathname,
  },
  ...{ bundle: true, format: 'esm', target: 'esnext', write: false },
}).outputFiles

/** The unit and marble tests of `src` alone, as `npm run mutants` runs them against each change of a line. */
export default defineConfig({
  define: { __VERSION__: JSON.stringify(manifest.version) },
  plugins: [
    {
      name: 'rxjs in one module',
      enforce: 'pre',
      resolveId: (id) => (/^rxjs$|\/rxjs\/dist\/esm\//.test(id) ? '\0rxjs' : undefined),
      load: (id) => (id === '\0rxjs' ? rxjs?.text : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    // these look at the sources, at scripts or at other programs, not at what the sources do
    exclude: [
      'test/{browser,engines,collector,ecosystem,demo,docs,scripts,bench,types}/**',
      'test/{house,globals,index,floor,package,treeShaking,types,anywhere,otlp}.test.ts',
      // it imports modules anew: a mutant of what is made as they come would be tried by this file alone
      'test/payload/toJsonTime.test.ts',
    ],
    // one worker for all files of a mutant
    isolate: false,
    setupFiles: 'test/helpers/endTimers.ts',
  },
})
