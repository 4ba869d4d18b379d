import { readFile } from 'node:fs/promises'
import type { Options } from 'ajv'

/** The JSON Schema of a beacon, and what such a schema can't say: levels, and bytes of all. */
export interface PayloadSchema {
  'x-depth': number
  'x-bytes': number
  [keyword: string]: unknown
}

/** Reads `payload.schema.json` of a build. */
export async function readSchema(file: string): Promise<PayloadSchema> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} is missing: npm run build makes it`)
  })
  return JSON.parse(text)
}

/** How Ajv is to judge: nothing is changed in a beacon, numbers are finite, and an error tells what was given. */
export const ajvOptions: Options = {
  strict: false,
  strictNumbers: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  verbose: true,
}
