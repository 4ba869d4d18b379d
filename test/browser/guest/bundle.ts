import { build, defaultClientConditions } from 'vite'

/** It has no file, but imports as one in this folder would. */
const entry = 'entry-of-a-test.js'
const from = new URL(entry, import.meta.url).pathname

/** The source text (with imports from the packages of this project) as one script. */
export async function bundle(source: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    // the browser's build of each package, and none of the library's own conditions
    resolve: { conditions: [...defaultClientConditions] },
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id.endsWith(entry) ? from : null),
        load: (id) => (id === from ? source : null),
      },
    ],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'bundled', fileName: 'bundled' } },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('the bundler was expected to give one output')
  return output.output[0].code
}
