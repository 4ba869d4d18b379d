import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { inject } from 'vitest'
import type { Arrivals } from '../../scripts/browsersDocs.ts'

const file = new URL('../../.crum/engines.json', import.meta.url)

/** Writes down what has arrived of each field in this engine, for `npm run browsers`. */
export function recordArrivals(version: string, fields: Record<string, string>): void {
  mkdirSync(new URL('.', file), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ ...earlier(), [inject('engine').name]: { version, fields } }, null, 2)}\n`)
}

function earlier(): Arrivals {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // the first run
    return {}
  }
}
