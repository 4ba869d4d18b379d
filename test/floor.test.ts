import { readFileSync } from 'node:fs'
import { parse } from 'acorn'
import { expect, test } from 'vitest'

/** The level of the language that docs/browsers.md states. */
const ecmaVersion = 2022

const read = (name: string) => readFileSync(new URL(`../dist/${name}`, import.meta.url), 'utf8')

test('dist/crum.js is a classic script in the language of the floor', () => {
  expect(() => parse(read('crum.js'), { ecmaVersion, sourceType: 'script' })).not.toThrow()
})

test.for(['crum.debug.js', 'index.js'])('dist/%s is a module in the language of the floor', (name) => {
  expect(() => parse(read(name), { ecmaVersion, sourceType: 'module' })).not.toThrow()
})

test('a parser of the floor refuses what came after it', () => {
  expect(() => parse('/[a--b]/v', { ecmaVersion })).toThrow()
})

test('docs/browsers.md states the floor', () => {
  expect(readFileSync(new URL('../docs/browsers.md', import.meta.url), 'utf8')).toContain(`ES${ecmaVersion}`)
})
