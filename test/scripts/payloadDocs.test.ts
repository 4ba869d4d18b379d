import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { payloadDocs } from '../../scripts/payloadDocs.ts'

test('docs/payload.md is what the doc comments of the payload say today: run `npm run docs`', {
  timeout: 60_000,
}, () => {
  execFileSync('npx', ['tsx', 'scripts/schema.ts'])
  const schema = JSON.parse(readFileSync('dist/payload.schema.json', 'utf8'))
  expect(readFileSync('docs/payload.md', 'utf8')).toBe(payloadDocs(schema))
})
