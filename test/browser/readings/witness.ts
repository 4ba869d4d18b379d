import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Route } from '../harness/routes.ts'
import type { Told } from './told.ts'

/** What the web-vitals package itself said of each vital, last: `{LCP: {value, navigationType, attribution}}`. */
export type Vitals = Record<string, { value: number; navigationType: string; attribution: Record<string, unknown> }>

/** The package, for pages to load beside the client. */
export const packages: Record<string, Route> = Object.fromEntries(
  ['web-vitals', 'web-vitals.attribution'].map((name) => [
    `/${name}.iife.js`,
    readFileSync(new URL(`../../../node_modules/web-vitals/dist/${name}.iife.js`, import.meta.url)),
  ]),
)

/** Keeps in `vitals` what the package says, and tells it to `told`, if the page has such a function. */
export const witness = (build = 'web-vitals') => `<script src="/${build}.iife.js"></script><script>
  var vitals = {}
  for (const name of ['CLS', 'FCP', 'INP', 'LCP', 'TTFB']) {
    webVitals['on' + name](({ value, navigationType, attribution }) => {
      vitals[name] = { value, navigationType, attribution: JSON.parse(JSON.stringify(attribution ?? {}, (key, part) => key.endsWith('Entry') || key.endsWith('Entries') ? undefined : part)) }
      globalThis.told?.(name, value)
    }, { reportAllChanges: true })
  }
</script>`

declare const vitals: Vitals

export const witnessed = (visitor: Page): Promise<Vitals> => visitor.evaluate(() => vitals)

/** The client's vitals are those that the package gave: to 0.1 ms, or to `tolerance`; CLS to 4 decimals. */
export function expectSame(metrics: Told['metrics'], vitals: Vitals, tolerance = 0.05): void {
  expect(Object.keys(vitals)).not.toHaveLength(0)
  for (const [name, { value }] of Object.entries(vitals)) {
    const ours = metrics[name.toLowerCase() as 'cls'] ?? Number.NaN
    if (name === 'CLS') expect(ours, name).toBe(Math.round(value * 1e4) / 1e4)
    else expect(Math.abs(ours - value), `${name}: ours ${ours}, theirs ${value}`).toBeLessThanOrEqual(tolerance + 1e-6)
  }
}
