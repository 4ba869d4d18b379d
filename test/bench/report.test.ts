import { expect, test } from 'vitest'
import { report, verdictsOf } from '../../bench/report/report.ts'
import type { Samples } from '../../bench/run/figures.ts'
import type { Measurement } from '../../bench/run/measurement.ts'
import { resultsOf } from '../../bench/run/results.ts'
import { alone, type Subject } from '../../bench/subjects/subject.ts'

const measurement: Measurement = {
  name: 'heap',
  about: 'The heap.',
  scenes: {},
  columns: [{ key: 'loaded', against: 'difference', title: 'after load', digits: 0 }],
}
const ours: Subject = { name: 'ours', kind: 'ours', version: '/dist/crum.js', script: '' }
const elastic: Subject = { name: 'elastic', kind: 'peer', version: 'apm@1', script: '' }

/** The report of two rounds, with these values. */
function reported(values: Record<string, (number | undefined)[]>): string {
  const samples = Object.entries(values).map(([name, all]): [string, Samples] => {
    return [name, all.map((loaded) => (loaded === undefined ? undefined : { loaded }))]
  })
  const results = resultsOf(measurement, 2, [alone, ours, elastic], new Map(samples))
  return report(results, verdictsOf(results), 'Chrome/1')
}

test('has a row for each subject, and a verdict for each build of ours', () => {
  expect(reported({ 'page alone': [1000, 1100], ours: [1400, 1508], elastic: [1300, 1400] })).toBe(
    `## heap

The heap. Medians of 2 rounds, with quartiles.

|  | after load |
| :-- | --: |
| page alone | 1,050 |
| ours | 404 (402 to 406) |
| elastic | 300 |

| bounds | build | figure | at most | aim |  |
| :-- | --: | --: | --: | --: | --: |
| heap after load, KiB | ours | 404 | 450 | 400 | ok |
| heap 11 s after the stress, KiB | ours | – | 2,200 | 1,500 | MISSED |
| heap when all is sent, KiB | ours | – | 1,000 | 600 | MISSED |

Chrome/1. ours: /dist/crum.js, elastic: apm@1.`,
  )
})

test('says where rounds are missing', () => {
  const text = reported({ 'page alone': [1000, 1000], ours: [1400, undefined], elastic: [undefined, undefined] })

  expect(text).toContain('| ours, 1 of 2 rounds | 400 |')
  expect(text).toContain('| elastic, 0 of 2 rounds | – |')
})

test('leaves the page alone out of a column whose value has one of its own', () => {
  const columns: Measurement['columns'] = [
    { key: 'loaded', title: 'heap', digits: 0 },
    { key: 'more', value: 'loaded', against: 'difference', title: 'more', digits: 0 },
  ]
  const samples = new Map([[alone.name, [{ loaded: 1000 }]]])
  const results = resultsOf({ ...measurement, columns }, 1, [alone], samples)

  expect(report(results, [], 'Chrome/1')).toContain('| page alone | 1,000 | – |')
})
