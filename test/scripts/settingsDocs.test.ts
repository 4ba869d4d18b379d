import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documented, settingsDocs } from '../../scripts/settingsDocs.ts'
import { settings } from '../../src/settings.ts'

const source = readFileSync('src/settings.ts', 'utf8')
const all = documented(source)
const defaults = settings({}, '', () => {}) as unknown as Record<string, unknown>
const evaluated = (code: string) => new Function(`return ${code}`)()

test('docs/settings.md is what the doc comments of the settings say today: run `npm run docs`', () => {
  expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsDocs(source))
})

test('has every setting, each with a meaning', () => {
  expect(all.map(({ name }) => name)).toEqual(Object.keys(defaults))
  for (const { meaning } of all) expect(meaning).toMatch(/\.$/)
})

test.for(all)('documents the default of $name', ({ name, standard }) => {
  const isValue = /^('.*'|true|false|[\d.]+)$/.test(standard)
  // words stand for what no value can say
  if (isValue) expect(evaluated(standard)).toEqual(defaults[name])
  else expect(['', 'function']).toContain(typeof defaults[name] === 'function' ? 'function' : defaults[name])
})

test.for(all)('takes the example of $name, which differs from the default', ({ name, example }) => {
  const complaints: string[] = []
  const value = evaluated(`(${example})`)
  const { [name]: taken } = settings({ [name]: value }, '', (words) => complaints.push(words)) as never
  expect(complaints).toEqual([])
  expect(taken).toBe(value)
  expect(value).not.toEqual(defaults[name])
})

test('says of each setting what a wrong value would be told', () => {
  const told = [...settingsDocs(source).matchAll(/`crum: setting (\w+) is .+, expected .+`/g)].map(([, name]) => name)
  expect(told).toEqual(all.map(({ name }) => name))
})
