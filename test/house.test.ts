import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { freeNames, nodes, statements } from './helpers/syntax'

const root = new URL('../', import.meta.url)
const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: `src/${name}`, text: readFileSync(new URL(`src/${name}`, root), 'utf8') }))

type Place = (text: string) => { start: number }[]

/** The places that break a rule, each as `file:line code`. */
const offenders = (breaks: Place, but: string[] = []) =>
  files
    .filter(({ name }) => !but.includes(name))
    .flatMap(({ name, text }) =>
      breaks(text).map(({ start }) => {
        const line = text.slice(0, start).split('\n').length
        return `${name}:${line} ${text.split('\n')[line - 1]?.trim()}`
      }),
    )

const exportsCode = (text: string) =>
  statements(text).some(
    ({ type, exportKind, declaration }) =>
      type === 'ExportNamedDeclaration' && exportKind !== 'type' && !(declaration as Part)?.type?.startsWith('TS'),
  )

type Part = { type?: string; name?: string; value?: string; property?: Part } | null

const globals = 'window document navigator performance console localStorage sessionStorage location history self'.split(
  ' ',
)

describe('the house', () => {
  test('subscribes where a collector starts, where a part is isolated, and for who debugs', () => {
    const subscriptions: Place = (text) =>
      nodes(statements(text))
        .map(({ node }) => node)
        .filter(({ callee }) => (callee as Part)?.property?.name === 'subscribe')
    const allowed = [
      // all that runs is one stream, and here it begins
      'src/collect.ts',
      // what throws in a teardown reaches whoever unsubscribes, so no operator can catch it
      'src/operators/isolate.ts',
      // one observer, and one clock, for all who want entries, as long as somebody does
      'src/page/timeline.ts',
      // and one for who wants a single type: what it has queued is taken when the page is left
      'src/page/entriesOf.ts',
      // the browser's own observables, which are given back by their signal
      'src/page/platformObservable.ts',
      // who debugs listens to a stream that goes on without them
      ...files.map(({ name }) => name).filter((name) => name.startsWith('src/devtools/')),
    ]

    expect(offenders(subscriptions, allowed)).toEqual([])
  })

  test('makes the drop-in script of what the package exports, and RxJS', () => {
    const { text = '' } = files.find(({ name }) => name === 'src/script.ts') ?? {}
    const imported = [...text.matchAll(/(?: from |import\()'([^']*)'/g)].map(([, path]) => path)

    expect(imported.length).toBeGreaterThan(2)
    expect(imported.filter((path) => !['rxjs', './core.ts', './index.ts', './otlp.ts'].includes(`${path}`))).toEqual([])
  })

  const bare: Place = (text) => freeNames(text).filter(({ name }) => globals.includes(name))
  const entries = ['src/script.ts', 'src/script.otlp.ts']

  test('takes the page as a parameter: its globals are named in the entries only', () => {
    expect(offenders(bare, entries)).toEqual([])
  })

  test('names the global object where it is the default of a page, and where there may be none', () => {
    const globalObject: Place = (text) => freeNames(text).filter(({ name }) => name === 'globalThis')
    const allowed = ['src/core.ts', 'src/absentCollector.ts', 'src/devtools/equip.ts', 'src/page/platformObservable.ts']

    // what a page has named `String` is not asked, nor what takes the place of other classes later
    const taken = ['src/payload/toJson.ts', 'src/page/natives.ts', 'src/page/reopened.ts']
    expect(offenders(globalObject, [...allowed, ...taken])).toEqual([])
  })

  test('fits each file on a screen: 120 lines of code at most, but for the glossary of the payload', () => {
    const isCode = (line: string) => !/^\s*(\/\/|\/?\*|$)/.test(line)
    const long = files
      .filter(({ name }) => name !== 'src/payload/payload.ts')
      .map(({ name, text }) => ({ name, lines: text.split('\n').filter(isCode).length }))
      .filter(({ lines }) => lines > 120)
      .map(({ name, lines }) => `${name} has ${lines}`)

    expect(long).toEqual([])
  })

  test('keeps no variable at module level', () => {
    const variables: Place = (text) =>
      statements(text)
        .map((statement) => (statement.declaration ?? statement) as { type: string; kind?: string; start: number })
        .filter(({ type, kind }) => type === 'VariableDeclaration' && kind !== 'const')

    expect(offenders(variables)).toEqual([])
  })

  test("imports RxJS from 'rxjs' only", () => {
    const deep: Place = (text) =>
      nodes(statements(text))
        .map(({ node }) => node)
        .filter(({ source }) => /^rxjs\/|\/rxjs\//.test((source as Part)?.value ?? ''))

    expect(offenders(deep)).toEqual([])
  })

  test('copies lists without Array.from, which old libraries replace by one that does not copy', () => {
    const copied: Place = (text) => freeNames(text).filter(({ start }) => text.startsWith('Array.from', start))

    expect(offenders(copied)).toEqual([])
  })

  /** From the ground up: each imports only from those before it, types included. */
  const floors = [
    'rx/',
    'payload/',
    'otlp/',
    'otlp.ts',
    'settings.ts',
    'page/',
    'session.ts',
    'sources/',
    'operators/',
    'damping.ts',
    'ownWork.ts',
    'sinks/',
    'devtools/',
    'viewChanges.ts',
    'defaultSources.ts',
    'collector.ts',
    'viewName.ts',
    'controls.ts',
    'workings.ts',
    'lifecycle.ts',
    'observe.ts',
    'gather.ts',
    'settle.ts',
    'lastWord.ts',
    'send.ts',
    'collect.ts',
    'absentCollector.ts',
    'ownSources.ts',
    'ownSinks.ts',
    'ownSinks.ts',
    'core.ts',
    'compose.ts',
    'index.ts',
    'script.ts',
  ]

  test('lets each floor know only the floors below it', () => {
    const floorOf = (name: string) => floors.findIndex((floor) => name.startsWith(`src/${floor}`))
    const importsOf = ({ name, text }: (typeof files)[number]) =>
      [...text.matchAll(/(?: from |import\()'(\.[^']*)'/g)].map(
        ([, path]) => new URL(`${path}`, new URL(name, root)).pathname,
      )
    const upwards = files.flatMap((file) =>
      importsOf(file)
        .map((path) => path.slice(root.pathname.length))
        .filter((path) => floorOf(path) > floorOf(file.name))
        .map((path) => `${file.name} leans on ${path}`),
    )

    expect(files.filter(({ name }) => floorOf(name) < 0).map(({ name }) => name)).toEqual([])
    expect(upwards).toEqual([])
  })

  test('has a test beside each file that has code', () => {
    const untested = files
      // the script is tested in browsers
      .filter(({ name, text }) => name !== 'src/script.ts' && exportsCode(text))
      .map(({ name }) => name.replace(/^src(.*)\.ts$/, 'test$1.test.ts'))
      .filter((name) => !existsSync(new URL(name, root)))

    expect(untested).toEqual([])
  })

  test('names each file after what it exports', () => {
    const misnamed = files
      // the type of all of them
      .filter(({ name }) => name !== 'src/sources/source.ts')
      .filter(({ name, text }) => /^src\/(sources|operators)\//.test(name) && exportsCode(text))
      .filter(({ name, text }) => !new RegExp(`export const \\w*${stem(name)}`, 'i').test(text))
      .map(({ name }) => name)

    expect(misnamed).toEqual([])
  })
})

const stem = (name: string) => name.replace(/.*\/|\.ts$/g, '')

describe('its rules', () => {
  test.for([
    ['document.title', ['document']],
    ['const f = () => window', ['window']],
    ['const f = (page: Page) => page.document.title', []],
    ['const f = ({ document }: Page) => document.title', []],
    ['const f = ({ document: window }: Page) => document', ['document']],
    ['const window = 200; export const g = window', []],
    ["const text = 'document'; type A = typeof window", []],
    ['f({ a: document })', ['document']],
    ['f({ document: 1 })', []],
    ['const f = (page = window) => (page as Page).history', ['window']],
  ] as const)('see in %s the bare globals %o', ([text, expected]) => {
    const found = freeNames(text).map(({ name }) => name)

    expect(found.filter((name) => globals.includes(name))).toEqual(expected)
  })
})
