import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

const root = new URL('../', import.meta.url).pathname

/** What a command says, and whether it was content. */
const run = (command: string, ...args: string[]) =>
  new Promise<{ good: boolean; said: string }>((resolve) =>
    execFile(command, args, { cwd: root, maxBuffer: 1e8 }, (error, out, err) =>
      resolve({ good: !error, said: out + err }),
    ),
  )

describe('the package', { timeout: 180_000 }, () => {
  let folder = ''
  let files: string[] = []
  let tarball = ''

  beforeAll(async () => {
    if (!existsSync(join(root, 'dist/index.js'))) throw new Error('the package was expected in dist: npm run build')
    folder = await mkdtemp(join(tmpdir(), 'crum-pack-'))
    const { said } = await run('npm', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
    const [packed] = JSON.parse(said.slice(said.indexOf('[')))
    files = packed.files.map(({ path }: { path: string }) => path)
    tarball = join(folder, packed.filename)
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('holds what is built, its documentation and its licence, and nothing else', () => {
    const strange = files.filter(
      (path) =>
        !/^dist\/([\w/]+\.(js|js\.map|d\.ts)|crum(\.\w+)*\.js(\.map)?|crum\.licenses\.md|payload\.schema\.json|size\.json)$/.test(
          path,
        ) && !/^docs\/([\w-]+\.md|images\/[\w-]+\.png)$/.test(path),
    )

    expect(strange.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
  })

  test('has each file that it exports', () => {
    const exported = JSON.stringify(manifest.exports).match(/(?<="\.\/)(dist\/[^"]+|package\.json)(?=")/g) ?? []

    expect(exported.length).toBeGreaterThan(8)
    expect(exported.filter((path) => !files.includes(path))).toEqual([])
  })

  test('marks as free of side effects all but the scripts', () => {
    expect(manifest.sideEffects).toEqual(['./dist/crum.js', './dist/crum.otlp.js'])
  })

  test('is as publint wants it', async () => {
    expect(await run('npx', 'publint', '--strict', tarball)).toMatchObject({ good: true })
  })

  test('has types that resolve for who imports it as a module, from Node and from a bundler', async () => {
    const scripts = ['crum.js', 'crum.debug.js', 'crum.otlp.js']
    const options = ['--profile', 'esm-only', '--format', 'ascii', '--exclude-entrypoints', ...scripts]
    const { good, said } = await run('npx', 'attw', tarball, ...options)

    expect(said).toContain('"crum/core"')
    expect(good, said).toBe(true)
  })

  test('exports what its API report says: run `npm run build && npm run api`', async () => {
    const { good, said } = await run('npx', 'tsx', 'scripts/api.ts', '--check')

    expect(good, said).toBe(true)
  })

  test('has the script without anything of OpenTelemetry, and one with all of it', () => {
    const [script, otlp] = ['crum.js', 'crum.otlp.js'].map((name) => readFileSync(join(root, 'dist', name), 'utf8'))

    expect(script).not.toMatch(/resourceLogs|browser\.web_vital|log\.record/)
    expect(script).toMatch(/\.sendBeacon\b/)
    expect(otlp).toMatch(/resourceLogs/)
    expect(otlp).toMatch(/exception\.stacktrace/)
    expect(otlp).not.toMatch(/\.sendBeacon\b/)
  })

  test('bundles nothing whose licence it does not name', () => {
    const { sources } = JSON.parse(readFileSync(join(root, 'dist/crum.js.map'), 'utf8')) as { sources: string[] }
    const packages = sources.flatMap((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? [])
    const licenses = readFileSync(join(root, 'dist/crum.licenses.md'), 'utf8')

    expect(new Set(packages).size).toBeGreaterThan(0)
    expect([...new Set(packages)].filter((name) => !licenses.includes(name))).toEqual([])
  })
})
