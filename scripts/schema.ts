/**
 * Writes `dist/payload.schema.json`: what one beacon may look like, as JSON Schema draft-07, read off the `Payload` type.
 * Properties that the type does not name are allowed everywhere, so that an older receiver takes a newer client's beacons.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGenerator } from 'ts-json-schema-generator'

const root = new URL('../', import.meta.url)

const schema = createGenerator({
  path: fileURLToPath(new URL('src/payload/payload.ts', root)),
  type: 'Payload',
  tsconfig: fileURLToPath(new URL('tsconfig.json', root)),
  additionalProperties: true,
  topRef: false,
  skipTypeCheck: true,
}).createSchema('Payload')

mkdirSync(new URL('dist/', root), { recursive: true })
writeFileSync(
  new URL('dist/payload.schema.json', root),
  `${JSON.stringify({ ...schema, title: 'A beacon of crum' }, null, 2)}\n`,
)
