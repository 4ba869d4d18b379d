import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Ajv } from 'ajv'
import { minify } from 'terser'
import { describe, expect, onTestFinished, test } from 'vitest'
import { statements } from '../helpers/syntax.ts'
import { allSnippets, pages, snippet, snippets } from './snippets.ts'
import { Workshop } from './workshop.ts'

const root = new URL('../../', import.meta.url).pathname
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'))

/** What a test compiles or runs: TypeScript in recipes.test.ts, SQL in counting.test.ts, the rest here; text is a picture. */
const checked = ['ts', 'tsx', 'js', 'html', 'sh', 'jsonc', 'sql', 'text']

test.for(pages)('each piece of code in %s is checked, or says that it is a fragment', (page) => {
  const unchecked = allSnippets(page).filter(({ language, isFragment }) => !isFragment && !checked.includes(language))
  expect(unchecked.map(({ line, language }) => `${page}:${line} ${language}`)).toEqual([])
})

test.for(pages)('the JavaScript of %s can be parsed, that in its HTML too', (page) => {
  const scripts = snippets(page, 'html').flatMap(({ code }) =>
    [...code.matchAll(/<script>(.*?)<\/script>/gs)].map(([, script = '']) => script),
  )
  for (const code of [...snippets(page, 'js').map(({ code }) => code), ...scripts])
    expect(() => statements(code), code).not.toThrow()
})

test.for(pages)('the commands of %s are there', (page) => {
  const { scripts } = read('package.json')
  const known = /^(npm (ci|test|start|pack|i|install)|npx (vitest|tsx)|node|openssl) ?/
  const lines = snippets(page, 'sh').flatMap(({ code }) => code.split('\n'))
  const commands = lines.flatMap((line) => line.replace(/ # .*$| {2,}#.*$/, '').split('&&')).map((text) => text.trim())
  const missing = commands.filter(Boolean).filter((command) => {
    const [, script] = /^npm run (\S+)/.exec(command) ?? []
    if (script) return !(script in scripts)
    const files = command.match(/\b(test|scripts|bench)\/\S+/g) ?? []
    return !known.test(command) || !files.every((file) => existsSync(join(root, file)))
  })
  expect(missing).toEqual([])
})

test('the beacon of the README has the fields and types of the schema', () => {
  const beacon = JSON.parse(snippet('../README.md', 'What you get', 'jsonc').replace(/\s\/\/ .*$/gm, ''))
  const schema = JSON.stringify(read('dist/payload.schema.json'), (name, value) =>
    name === 'required' ? undefined : value,
  )
  const validate = new Ajv({ strict: false }).compile(closed(JSON.parse(schema)))
  expect(validate(beacon), JSON.stringify(validate.errors)).toBe(true)
  expect(validate({ ...beacon, view: { ...beacon.view, longTask: [] } })).toBe(false)
})

/** The same schema, in which a field that it does not name is a mistake. */
const closed = (schema: object): object =>
  JSON.parse(
    JSON.stringify(schema, (_, value) => (value?.properties ? { ...value, additionalProperties: false } : value)),
  )

test('the receiver of the README serves the script, and stores beacons line by line', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crum-readme-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'node_modules/crum/dist'), { recursive: true })
  await writeFile(join(folder, 'node_modules/crum/dist/crum.js'), '// the script\n')
  await writeFile(join(folder, 'receiver.mjs'), snippet('../README.md', 'Put it on a site', 'js'))
  const port = await freePort()
  const child = spawn(process.execPath, ['receiver.mjs'], { cwd: folder, env: { ...process.env, PORT: `${port}` } })
  onTestFinished(() => void child.kill())
  const url = `http://localhost:${port}/rum`
  const script = () =>
    fetch(url).then(
      (answer) => answer.text(),
      () => '',
    )
  await expect.poll(script, { timeout: 30_000 }).toBe('// the script\n')
  for (const body of ['{"one":1}', '{"two":2}']) expect((await fetch(url, { method: 'POST', body })).ok).toBe(true)
  expect(readFileSync(join(folder, 'beacons.ndjson'), 'utf8')).toBe('{"one":1}\n{"two":2}\n')
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('the examples of server rendering and source maps', () => {
  test('a module that the server imports starts nothing there', { timeout: 60_000 }, async () => {
    const { folder } = await Workshop.of('frameworks.md')
    const file = pathToFileURL(join(folder, 'universal.ts'))
    const code = `import(${JSON.stringify(file)}).then(({ universal }) => console.log(universal.addEvent('rendered')))`
    const { stdout } = await promisify(execFile)('npx', ['tsx', '-e', code], { cwd: root })
    expect(stdout.trim()).toBe('undefined')
  })

  test('mapStack() finds the place in the source, and leaves a script without a map alone', async () => {
    const { folder } = await Workshop.of('errors.md')
    const { mapStack } = await import(join(folder, 'mapStack.ts'))
    const source = 'function failing() {\n  throw new Error("mine")\n}\nfailing()\n'
    const { code = '', map } = await minify(
      { 'shop.js': source },
      { sourceMap: { filename: 'app.js' }, compress: false },
    )
    const column = code.indexOf('throw') + 1
    const stack = `Error: mine\n    at failing (https://shop.example/app.js:1:${column})\n    at https://cdn.example/x.js:1:2`
    const mapOf = (script: string) => (script.endsWith('/app.js') ? `${map}` : undefined)
    expect(mapStack(stack, mapOf)).toBe(
      'Error: mine\n    at failing (shop.js:2:3)\n    at https://cdn.example/x.js:1:2',
    )
  })
})
