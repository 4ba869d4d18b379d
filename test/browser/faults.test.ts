import { describe, expect, test } from 'vitest'
import { play } from './faults/play.ts'
import { scenarios } from './faults/scenarios.ts'

describe.each(scenarios)('$title', ({ rows }) => {
  test.for(rows.map((row) => [row.name, row] as const))('%s', { retry: 0, timeout: 120_000 }, async ([, scenario]) => {
    const t = performance.now()
    const { lost, ...outcome } = await play(scenario)
    console.log(
      'XX',
      scenario.name,
      Math.round(performance.now() - t),
      JSON.stringify(outcome).slice(0, 300),
      lost.slice(0, 3).map((x) => x.slice(0, 100)),
    )
    expect(lost).toEqual([])
    expect(outcome.underTwoIds).toEqual({})
    if (scenario.guarantee === 'at once') expect(outcome.atOnce).toBe(outcome.told)
  })
})
