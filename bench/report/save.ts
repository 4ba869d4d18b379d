import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Results } from '../run/results.ts'
import type { Verdict } from './judge.ts'

/** Where and how it was measured. */
export interface Conditions {
  browser: string
  args: string[]
}

/** Writes `<command>.json`, with every sample, and `<command>.md` into the folder. */
export function save(
  folder: string,
  results: Results,
  text: string,
  verdicts: Verdict[],
  conditions: Conditions,
): void {
  const { measurement, rounds, subjects, samples, figures } = results
  const raw = {
    command: measurement.name,
    when: new Date().toISOString(),
    ...conditions,
    machine: { node: process.version, processors: cpus().map(({ model }) => model), load: loadavg() },
    rounds,
    subjects: subjects.map(({ name, version }) => ({ name, version })),
    samples: Object.fromEntries(samples),
    figures: Object.fromEntries([...figures].map(([name, all]) => [name, Object.fromEntries(all)])),
    verdicts: verdicts.map(({ bound, ...rest }) => ({ ...bound, ...rest })),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${measurement.name}.json`), `${JSON.stringify(raw, null, 2)}\n`)
  writeFileSync(join(folder, `${measurement.name}.md`), `${text}\n`)
}
