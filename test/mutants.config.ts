import { defaultClientConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import manifest from '../package.json' with { type: 'json' }

/** The unit and marble tests of `src` alone, as `npm run mutants` runs them against each change of a line. */
export default defineConfig({
  define: { __VERSION__: JSON.stringify(manifest.version) },
  resolve: {
    conditions: ['es2015', ...defaultClientConditions],
    alias: { rxjs: new URL('../node_modules/rxjs/dist/esm/index.js', import.meta.url).pathname },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // these look at the sources, at scripts or at other programs, not at what the sources do
    exclude: [
      'test/{browser,engines,collector,ecosystem,demo,docs,scripts,bench,types}/**',
      'test/{house,globals,index,floor,package,treeShaking,types,anywhere,otlp}.test.ts',
      // it imports modules anew: a mutant of what is made as they come would be tried by this file alone
      'test/payload/toJsonTime.test.ts',
    ],
    server: { deps: { inline: ['rxjs'] } },
  },
})
