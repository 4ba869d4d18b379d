import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { globals } from '../src/page/takenPage'

const src = new URL('../src/', import.meta.url)
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  // DevTools and a page's own observables are given the window itself, as is the start of the script
  .filter((name) => name.endsWith('.ts') && !/^(devtools|page\/(takenPage|platformObservable)|script)/.test(name))
const text = files
  .map((name) => readFileSync(new URL(name, src), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))
  .join('\n')

/** Names in a pattern: `a, b: { c }` are `a` and `b`. */
const names = (pattern = '') =>
  pattern
    .replace(/\{[^}]*\}/g, '')
    .split(',')
    .map((part) => part.replace(/:.*/, '').trim())
    .filter((name) => /^\w+$/.test(name))

/** What the source reads of a page: `page.name`, `{ name }: Page`, `{ name } = page`, `'name' in page`, and a row of the table of sources. */
const read = () => [
  ...[...text.matchAll(/(?<![./\w])page(?: as [^)\n]*\))?\??\.(\w+)/g)].map(([, name]) => `${name}`),
  ...[...text.matchAll(/\{((?:[^{}]|\{[^{}]*\})*)\}: Page\b/g)].flatMap(([, pattern]) => names(pattern)),
  ...[...text.matchAll(/const \{([^{}]*)\} = page\b(?!\.)/g)].flatMap(([, pattern]) => names(pattern)),
  ...[...text.matchAll(/\[\(\{([^{}]*)\}, \{/g)].flatMap(([, pattern]) => names(pattern)),
  ...[...text.matchAll(/'(\w+)' in page\b(?!\.)/g)].map(([, name]) => `${name}`),
  ...[...text.matchAll(/native\(target, '(\w+EventListener)'\)/g)].map(([, name]) => `${name}`),
]

describe('globals', () => {
  test('are all that the source reads of a page, and nothing else', () => {
    expect([...new Set(read())].sort()).toEqual(globals)
  })
})

describe('the source', () => {
  test('reads what a page can shadow, of documents and elements, as their prototypes have it', () => {
    const direct = [...text.matchAll(/(?<!\.)\bdocument\??\.(\w+)/g)].map(([read]) => read)

    expect(direct).toEqual([])
  })
})
