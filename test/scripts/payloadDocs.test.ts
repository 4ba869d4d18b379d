import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { payloadDocs } from '../../scripts/payloadDocs.ts'
import {
  clsAttribution,
  fcpAttribution,
  inpAttribution,
  lcpAttribution,
  ttfbAttribution,
} from '../../src/sources/vitals/attribution.ts'
import { fakePage } from '../helpers/page.ts'

/** The cells of each field's row. */
const fields = () =>
  [...readFileSync('docs/payload.md', 'utf8').matchAll(/^\| `(\w+)\??` \| (.*) \| (.*) \|$/gm)].map(
    ([, name = '', type = '', meaning = '']) => ({ name, type, meaning }),
  )

test('every field has a type that says what is inside, and a meaning', () => {
  expect(fields().length).toBeGreaterThan(100)
  expect(fields().filter(({ type, meaning }) => /\bobject\b|\bany\b/.test(type) || !/\.$|…$/.test(meaning))).toEqual([])
})

test('names every part that an attribution has', () => {
  const names = fields().map(({ name }) => name)
  const page = fakePage()
  const entry = { startTime: 1, duration: 1, value: 0.1, sources: [], processingStart: 1, processingEnd: 1 } as never
  const sent = [
    ttfbAttribution({} as PerformanceNavigationTiming, 0),
    fcpAttribution(page, 0, 1),
    lcpAttribution(page, 0, 1),
    clsAttribution([entry]),
    inpAttribution([entry], []),
  ].flatMap((attribution) => Object.keys(attribution))
  expect(sent).toHaveLength(22)
  expect(sent.filter((name) => !names.includes(name))).toEqual([])
})

test('docs/payload.md is what the doc comments of the payload say today: run `npm run docs`', {
  timeout: 60_000,
}, () => {
  execFileSync('npx', ['tsx', 'scripts/schema.ts'])
  const schema = JSON.parse(readFileSync('dist/payload.schema.json', 'utf8'))
  expect(readFileSync('docs/payload.md', 'utf8')).toBe(payloadDocs(schema))
})
