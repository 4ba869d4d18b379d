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
  test('subscribes in index.ts only', () => {
    const subscriptions: Place = (text) =>
      nodes(statements(text))
        .map(({ node }) => node)
        .filter(({ callee }) => (callee as Part)?.property?.name === 'subscribe')

    // who debugs is a listener as well, and what a teardown throws is for whoever unsubscribes
    const devtools = ['equip', 'steps', 'loopable'].map((name) => `src/devtools/${name}.ts`)
    const listeners = [...devtools, 'src/operators/releaseSafely.ts']
    expect(offenders(subscriptions, ['src/index.ts', ...listeners])).toEqual([])
  })

  test('takes the page as a parameter: its globals are named in the entry only', () => {
    const bare: Place = (text) => freeNames(text).filter(({ name }) => globals.includes(name))

    expect(offenders(bare, ['src/script.ts', 'src/index.ts'])).toEqual([])
  })

  test('takes the global page as a default in index.ts, and for nothing else', () => {
    const { text = '' } = files.find(({ name }) => name === 'src/index.ts') ?? {}

    expect(freeNames(text).filter(({ name }) => globals.includes(name))).toMatchObject([{ name: 'window' }])
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

  /** From the ground up: each imports only from those before it, types included. */
  const floors = [
    'payload/',
    'settings.ts',
    'page/',
    'session.ts',
    'sources/',
    'operators/',
    'sinks/',
    'devtools/',
    'named.ts',
    'ownSources.ts',
    'collector.ts',
    'index.ts',
    'script.ts',
  ]

  test('lets each floor know only the floors below it', () => {
    const floorOf = (name: string) => floors.findIndex((floor) => name.startsWith(`src/${floor}`))
    const importsOf = ({ name, text }: (typeof files)[number]) =>
      [...text.matchAll(/ from '(\.[^']*)'/g)].map(([, path]) => new URL(`${path}`, new URL(name, root)).pathname)
    const upwards = files.flatMap((file) =>
      importsOf(file)
        .map((path) => path.slice(root.pathname.length))
        .filter((path) => floorOf(path) > floorOf(file.name))
        .map((path) => `${file.name} leans on ${path}`),
    )

    expect(files.filter(({ name }) => floorOf(name) < 0).map(({ name }) => name)).toEqual([])
    expect(upwards).toEqual([])
  })

  test('has a test of each source, operator and sink', () => {
    const untested = files
      .filter(({ name, text }) => /^src\/(payload|page|sources|operators|sinks)\//.test(name) && exportsCode(text))
      .map(({ name }) => name.replace(/^src(.*)\.ts$/, 'test$1.test.ts'))
      .filter((name) => !existsSync(new URL(name, root)))

    expect(untested).toEqual([])
  })

  test('names each file after what it exports', () => {
    const misnamed = files
      // the glossary
      .filter(({ name }) => name !== 'src/payload/reading.ts')
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
