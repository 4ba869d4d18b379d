import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * What stands in for modules in the drop-in script: for RxJS, the one of `build/rxjs`; in web-vitals, ratings, random ids,
 * and sharing between its builds. The package is built with both as they are.
 */
const modules: Record<string, string> = {
  'rxjs/dist/esm/index.js': `export * from ${JSON.stringify(fileURLToPath(new URL('rxjs/index.ts', import.meta.url)))}`,
  'web-vitals/dist/modules/lib/bindReporter.js': `export const bindReporter = (callback, metric, thresholds, all) => {
    let told
    return (force) => {
      if (metric.value >= 0 && (force || all) && metric.value !== told) {
        told = metric.value
        callback(metric)
      }
    }
  }`,
  'web-vitals/dist/modules/lib/generateUniqueID.js': 'let last = 0; export const generateUniqueID = () => ++last',
  // only old Chromium does not count interactions itself; there, the longest one of a page stands for its 98th percentile
  'web-vitals/dist/modules/lib/polyfills/interactionCountPolyfill.js':
    'export const getInteractionCount = () => performance.interactionCount ?? 0; export const initInteractionCountPolyfill = () => {}',
  'web-vitals/dist/modules/lib/initUnique.js': 'export const initUnique = (options, Class) => new Class()',
}

/** Parts of modules that go: what is deprecated, and what nothing here calls. */
const parts: Record<string, [part: RegExp, instead: string][]> = {
  'web-vitals/dist/modules/lib/initMetric.js': [[/rating: [\s\S]+?delta: 0,/, '']],
  'web-vitals/dist/modules/lib/softNavs.js': [[/map\.set\([\s\S]+?(?=};)/, '']],
}

const of = <T>(table: Record<string, T>, id: string) =>
  Object.entries(table).find(([module]) => id.endsWith(module))?.[1]

/** Leaves out of the script what tree shaking can't know to be dead. */
export const shed = (): Plugin => ({
  name: 'shed',
  apply: 'build',
  enforce: 'pre',
  load: (id) => of(modules, id),
  transform(code, id) {
    const cuts = of(parts, id)
    if (!cuts) return
    const rest = cuts.reduce((rest, [part, instead]) => {
      if (!part.test(rest)) this.error(`${id} has no ${part} to leave out; is this another version of it?`)
      return rest.replace(part, instead)
    }, code)
    // lines move, but the source map still tells whose code it is
    return { code: rest, map: null }
  },
})
