import type { Subject } from '../subjects/subject.ts'
import type { Samples } from './figures.ts'
import type { Measurement } from './measurement.ts'
import { shuffled } from './shuffled.ts'
import { openStage, type Stage } from './stage.ts'
import { within } from './within.ts'

export interface RoundsOptions {
  rounds: number
  /** Settings of our client. */
  settings: Record<string, unknown>
  /** Takes a line for each round, and for each visit that failed. */
  log(line: string): void
  /** Where to play; each scene of each round has a new one. */
  open?: () => Stage
}

/**
 * Has all subjects play all scenes, round by round: a slow moment of the machine then hits all of them. Each round has a
 * new browser and another order. A visit that fails is logged, and leaves a gap.
 */
export async function playRounds(
  { name, scenes, settings: own }: Measurement,
  subjects: Subject[],
  { rounds, settings, log, open = openStage }: RoundsOptions,
): Promise<Map<string, Samples>> {
  const samples = new Map<string, Samples>(subjects.map((subject) => [subject.name, Array(rounds).fill(undefined)]))
  for (let round = 0; round < rounds; round++) {
    for (const [title, scene] of Object.entries(scenes)) {
      const stage = open()
      for (const subject of shuffled(subjects)) {
        const gathered = samples.get(subject.name) as Samples
        try {
          const sample = await within(5 * 60_000, stage.play(scene, subject, { ...settings, ...own }))
          gathered[round] = { ...gathered[round], ...sample }
        } catch (error) {
          log(`${name}: ${title} failed for ${subject.name} in round ${round + 1}: ${(error as Error).message}`)
        }
      }
      await stage.close()
    }
    log(`${name}: round ${round + 1} of ${rounds}`)
  }
  return samples
}
