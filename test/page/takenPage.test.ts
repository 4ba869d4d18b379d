import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { globals, takenPage } from '../../src/page/takenPage'
import { FakeElement, fakePage } from '../helpers/page'

const src = new URL('../../src/', import.meta.url)
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

describe('takenPage', () => {
  test('has what the page had, whatever takes its place later', () => {
    const page = fakePage({ navigation: {} })
    const before = Object.fromEntries(globals.map((name) => [name, page[name as 'document']]))
    const taken = takenPage(page)
    const { requestAnimationFrame, performance } = page
    Object.assign(page, { performance: {}, requestAnimationFrame: () => 0, console: {}, MessageEvent: {} })

    expect([taken.performance, taken.console, taken.MessageEvent]).toEqual([
      ...[performance, before.console, before.MessageEvent],
    ])
    expect(taken.requestAnimationFrame.name).toBe(`bound ${requestAnimationFrame.name}`)
  })

  test('calls functions on the page itself', () => {
    const page = Object.assign(fakePage(), {
      requestIdleCallback(this: unknown) {
        return this === page ? 7 : 0
      },
    })
    const { requestIdleCallback } = takenPage(page)

    expect(requestIdleCallback(() => {})).toBe(7)
  })

  test('lacks what the browser lacks, also where an element has that name', () => {
    const taken = takenPage(Object.assign(fakePage(), { requestIdleCallback: new FakeElement('div') }) as never)

    expect('requestIdleCallback' in taken).toBe(false)
    expect('fetchLater' in taken).toBe(false)
  })

  test('looks at what a page may forbid when it is needed, and not before', () => {
    const page = Object.defineProperty(fakePage(), 'localStorage', {
      get: () => {
        throw new Error('forbidden')
      },
    })
    const taken = takenPage(page)

    expect(() => taken.localStorage).toThrow('forbidden')
  })
})

describe('the source', () => {
  test('reads what a page can shadow, of documents and elements, as their prototypes have it', () => {
    const direct = [...text.matchAll(/(?<!\.)\bdocument\??\.(\w+)/g)].map(([read]) => read)

    expect(direct).toEqual([])
  })
})
