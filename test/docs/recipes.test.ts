import { expect, test } from 'vitest'
import { Workshop } from './workshop.ts'

const mistake = "import { collect } from 'crum'\ncollect({ samplingRate: 'fast' })\n"

test('all TypeScript of the documentation fits the types of the package, and a mistake would not', {
  timeout: 120_000,
}, async () => {
  const workshop = await Workshop.of('recipes.md', 'compose.md', 'otlp.md', '../README.md')
  expect(workshop.files.length).toBeGreaterThan(12)
  await workshop.write('mistake.ts', mistake)
  const complaints = (await workshop.typeCheck()).trim().split('\n')
  expect(complaints).toEqual([expect.stringMatching(/mistake\.ts\(2,.*'string' is not assignable to type 'number'/)])
})
