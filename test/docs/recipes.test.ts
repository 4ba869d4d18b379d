import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pages } from './snippets.ts'
import { Workshop } from './workshop.ts'

const mistake = "import { collect } from 'crum'\ncollect({ samplingRate: 'fast' })\n"
const foreign = readFileSync(new URL('foreign.d.ts', import.meta.url), 'utf8')

test('all TypeScript of the documentation fits the types of the package, and a mistake would not', {
  timeout: 120_000,
}, async () => {
  const workshop = await Workshop.of(...pages)
  expect(workshop.files.length).toBeGreaterThan(20)
  await workshop.write('foreign.d.ts', foreign)
  await workshop.write('mistake.ts', mistake)
  const complaints = (await workshop.typeCheck()).trim().split('\n')
  expect(complaints).toEqual([expect.stringMatching(/mistake\.ts\(2,.*'string' is not assignable to type 'number'/)])
})
