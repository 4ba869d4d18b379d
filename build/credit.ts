import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** Adds RxJS to the licences of what the script bundles: `build/rxjs` is no copy of it, but written after it. */
export const credit = (fileName: string): Plugin => ({
  name: 'credit',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const licences = bundle[fileName]
      if (licences?.type !== 'asset') return this.error(`there is no ${fileName} to add RxJS to`)
      const { version, license } = JSON.parse(read('package.json'))
      licences.source += `\n## rxjs - ${version} (${license}), after which parts of this are written\n\n${read('LICENSE.txt')}`
    },
  },
})

const read = (name: string) => readFileSync(new URL(`../node_modules/rxjs/${name}`, import.meta.url), 'utf8')
