import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Options, ValidateFunction } from 'ajv'

/** The JSON Schema of a beacon, and what such a schema can't say: levels, and bytes of all. */
export interface PayloadSchema {
  'x-depth': number
  'x-bytes': number
  [keyword: string]: unknown
}

/** Reads `payload.schema.json` from the folder of a build. */
export async function readSchema(dist: string): Promise<PayloadSchema> {
  const file = join(dist, 'payload.schema.json')
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} is missing: npm run build makes it`)
  })
  return JSON.parse(text)
}

/** The check that a build has made of the schema, which spares compiling it at each start; none in another folder. */
export function readCheck(dist: string): ValidateFunction | undefined {
  const file = resolve(dist, 'receiver/payloadCheck.cjs')
  return existsSync(file) ? createRequire(import.meta.url)(file) : undefined
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
