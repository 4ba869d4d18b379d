import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documentedSteps, stepsDocs } from '../../scripts/stepsDocs.ts'

const source = readFileSync('src/devtools/step.ts', 'utf8')

test('docs/steps.md is what the doc comments of the steps say today: run `npm run docs`', () => {
  expect(readFileSync('docs/steps.md', 'utf8')).toBe(stepsDocs(source))
})

test('has every type of step, each with a meaning', () => {
  const told = [...source.slice(source.indexOf('StepTypes {')).matchAll(/^ {2}(\w+): /gm)].map(([, type]) => type)
  expect(documentedSteps(source).map(({ type }) => type)).toEqual(told)
  for (const { meaning } of documentedSteps(source)) expect(meaning).toMatch(/\.$/)
})

test('names what a step has, optional fields as such', () => {
  expect(stepsDocs(source)).toContain('| `error` | `part`, `message` |')
  expect(stepsDocs(source)).toContain('| `send` | the fields of [Beacon](payload.md#beacon), `payload` |')
  expect(stepsDocs(source)).toMatch(/\| `drop` \| `cause`, `id\?`/)
  expect(stepsDocs(source)).toContain('| `load` |  |')
})
