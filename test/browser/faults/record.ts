import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { findBrowser } from '../../../scripts/browser.ts'
import type { Guarantees, Measured } from '../../../scripts/guarantees.ts'

const file = new URL('../../../.crum/guarantees.json', import.meta.url)

/** Writes down what a run has measured, for `npm run guarantees`; rows that were not run keep what they had. */
export function record(measured: Record<string, Measured>, leaving?: Guarantees['leaving']): void {
  const browser = execFileSync(findBrowser(), ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim()
  const before = earlier()
  const rows = { ...before.rows, ...measured }
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ browser, rows, leaving: { ...before.leaving, ...leaving } }, null, 2)}\n`)
}

function earlier(): Partial<Guarantees> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // the first run
    return {}
  }
}
