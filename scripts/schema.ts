/**
 * Writes `dist/payload.schema.json`: what one beacon may look like, as JSON Schema draft-07, read off the `Payload` type.
 * Properties that the type does not name are allowed everywhere, so that an older receiver takes a newer client's beacons.
 * How large each part may be is added from `bounds.ts`; `x-depth` and `x-bytes` say what JSON Schema can't. Beside it comes the
 * check that Ajv makes of it, since that takes longer than the rest of the receiver's start.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { createGenerator } from 'ts-json-schema-generator'
import { ajvOptions } from '../demo/intake/payloadSchema.ts'
import { bounded, bounds, type Schema } from './bounds.ts'

const root = new URL('../', import.meta.url)

/** The schema of a beacon, from the type as it is now. */
export const payloadSchema = () => {
  const schema = createGenerator({
    path: fileURLToPath(new URL('src/payload/payload.ts', root)),
    type: 'Payload',
    tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
    additionalProperties: true,
    topRef: false,
    skipTypeCheck: true,
  }).createSchema('Payload')
  return { ...bounded(schema as Schema), title: 'A beacon of crum', 'x-depth': bounds.depth, 'x-bytes': bounds.bytes }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const schema = payloadSchema()
  mkdirSync(new URL('dist/receiver/', root), { recursive: true })
  writeFileSync(new URL('dist/payload.schema.json', root), `${JSON.stringify(schema, null, 2)}\n`)
  const ajv = new Ajv({ ...ajvOptions, code: { source: true, optimize: 2 } })
  writeFileSync(new URL('dist/receiver/payloadCheck.cjs', root), standaloneCode(ajv, ajv.compile(schema)))
}
