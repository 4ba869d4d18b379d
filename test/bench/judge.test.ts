import { expect, test } from 'vitest'
import type { Bound } from '../../bench/bounds.ts'
import { judge } from '../../bench/report/judge.ts'

const absolute: Bound = { command: 'heap', column: 'loaded', title: 'heap, KiB', most: 450 }
const relative: Bound = { command: 'startup', column: 'charged', title: 'start-up, ms', most: 0.7, of: 'elastic' }

/** Figures by subject. */
const given = (figures: Record<string, number>) => (subject: string) => figures[subject]

test.for([
  [450, 'ok'],
  [451, 'MISSED'],
  [-3, 'ok'],
  [Number.NaN, 'MISSED'],
] as const)('holds %d against 450: %s', ([value, verdict]) => {
  expect(judge(absolute, 'ours', given({ ours: value }))).toMatchObject({ value, ratio: value, verdict })
})

test.for([
  [14, 'ok', 0.7],
  [16, 'MISSED', 0.8],
] as const)('holds %d against 0.7 × 20: %s', ([ours, verdict, ratio]) => {
  expect(judge(relative, 'ours', given({ ours, elastic: 20 }))).toMatchObject({ value: ours, ratio, verdict })
})

test('gives no verdict where the peer was not measured', () => {
  expect(judge(relative, 'ours', given({ ours: 14 }))).toMatchObject({ value: 14, verdict: 'not judged' })
})

test('counts ours as missed where it was not measured', () => {
  expect(judge(relative, 'ours', given({ elastic: 20 })).verdict).toBe('MISSED')
})
