import { describe, expect, test } from 'vitest'
import { gate } from './faults/gate.ts'
import { playInTime } from './faults/play.ts'
import { record } from './faults/record.ts'
import { scenarios } from './faults/scenarios.ts'

/** Few for each row in `npm test`, where a row that loses something shows it; twenty for the figures (`npm run guarantees`). */
const visitors = Number(process.env.CRUM_VISITORS ?? 4)

/** Up to sixty pages at a time: while the visitors of one scenario wait, those of another are busy. */
const pass = gate(3)

describe.each(scenarios)('$title', { concurrent: true }, ({ rows }) => {
  test.for(rows.map((row) => [row.name, row] as const))('%s', { timeout: 600_000 }, async ([name, row]) => {
    const { underTwoIds, late, lost, ...counts } = await pass(() => playInTime(row, visitors))
    record({ [name]: { ...counts, doubled: Object.keys(underTwoIds).length } })
    expect(lost).toEqual([])
    expect(underTwoIds).toEqual({})
    if (row.guarantee === 'at once') expect(late).toEqual([])
  })
})
