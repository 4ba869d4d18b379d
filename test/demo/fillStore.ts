import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type GeneratorOptions, generateBeacons } from './generateBeacons.ts'

/** Writes a store with this many generated beacons. */
export async function fillStore(file: string, count: number, options?: GeneratorOptions): Promise<void> {
  await pipeline(Readable.from(batches(count, options)), createWriteStream(file))
}

function* batches(count: number, options?: GeneratorOptions): Generator<string> {
  let lines: string[] = []
  let left = count
  for (const beacon of generateBeacons(options)) {
    lines.push(`${JSON.stringify(beacon)}\n`)
    left--
    if (lines.length === 500 || left === 0) {
      yield lines.join('')
      lines = []
    }
    if (left === 0) return
  }
}
