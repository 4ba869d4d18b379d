import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { payloadDocs } from '../../scripts/payloadDocs.ts'
import type { LongAnimationFrameEntry } from '../../src/sources/longAnimationFrames.ts'
import {
  clsAttribution,
  fcpAttribution,
  inpAttribution,
  lcpAttribution,
  ttfbAttribution,
} from '../../src/sources/vitals/attribution.ts'
import { type Interaction, longestInteractions } from '../../src/sources/vitals/interactions.ts'
import { type LayoutShiftEntry, shiftWindow } from '../../src/sources/vitals/shiftWindow.ts'
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
  const interactions = longestInteractions()
  const event = { interactionId: 1, startTime: 1, duration: 1, processingStart: 1, processingEnd: 1 }
  interactions.addEvent(event as PerformanceEventTiming)
  const frame = { startTime: 1, duration: 1, scripts: [{ startTime: 1, duration: 1 }] }
  interactions.addLongFrame(frame as LongAnimationFrameEntry)
  const shift = { startTime: 1, value: 0.1, hadRecentInput: false } as LayoutShiftEntry
  const sent = [
    ttfbAttribution({} as PerformanceNavigationTiming, 0),
    fcpAttribution(page, 0, 1),
    lcpAttribution(page, 0, 1),
    clsAttribution(shiftWindow(undefined, shift)),
    inpAttribution(interactions.slowest(1) as Interaction),
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
