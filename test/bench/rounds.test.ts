import { expect, test } from 'vitest'
import type { Measurement, Sample } from '../../bench/run/measurement.ts'
import { playRounds } from '../../bench/run/rounds.ts'
import { alone, type Subject } from '../../bench/subjects/subject.ts'

const ours: Subject = { name: 'ours', kind: 'ours', version: '', script: '' }
const scene = () => Promise.resolve({})
const measurement: Measurement = { name: 'test', about: '', scenes: { first: scene, second: scene }, columns: [] }

/** Plays two rounds on stages that are none, and notes what was done there. */
async function play(visit: (subject: string, stage: number) => Sample) {
  const done: string[] = []
  const lines: string[] = []
  let stages = 0
  const open = () => {
    const stage = stages++
    return {
      play: async (_: unknown, { name }: Subject, settings: object) => {
        done.push(`${stage} ${name} ${JSON.stringify(settings)}`)
        return visit(name, stage)
      },
      close: async () => void done.push(`${stage} closed`),
    }
  }
  const given = { ...measurement, settings: { compress: true } }
  const options = { rounds: 2, settings: { samplingRate: 1 }, log: (line: string) => void lines.push(line), open }
  return { samples: await playRounds(given, [alone, ours], options), done, lines }
}

test('gives each scene of each round a stage, on which all subjects play with the settings', async () => {
  const { done } = await play(() => ({}))
  const settings = '{"samplingRate":1,"compress":true}'

  expect(done).toHaveLength(12)
  for (const stage of [0, 1, 2, 3]) {
    const [first, second, last] = done.slice(stage * 3, stage * 3 + 3)
    expect([first, second].sort()).toEqual([`${stage} ours ${settings}`, `${stage} page alone ${settings}`])
    expect(last).toBe(`${stage} closed`)
  }
})

test('makes one sample of all scenes of a round', async () => {
  const { samples } = await play((_, stage) => ({ [`scene ${stage % 2}`]: stage }))

  expect(samples.get('ours')).toEqual([
    { 'scene 0': 0, 'scene 1': 1 },
    { 'scene 0': 2, 'scene 1': 3 },
  ])
})

test('goes on after a visit that failed, says which one, and leaves a gap', async () => {
  const { samples, lines } = await play((name, stage) => {
    if (name === 'ours' && stage < 2) throw new Error('no page')
    return { stage }
  })

  expect(samples.get('ours')).toEqual([undefined, { stage: 3 }])
  expect(samples.get('page alone')).toEqual([{ stage: 1 }, { stage: 3 }])
  expect(lines[0]).toBe('test: first failed for ours in round 1: no page')
})
