import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { homedir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { openPort } from '../../bench/site/openPort.ts'
import type { Payload } from '../../src/payload/payload.ts'
import { snippets } from '../docs/snippets.ts'

const root = new URL('../../', import.meta.url).pathname
const run = promisify(execFile)

/**
 * A folder with the frameworks in `node_modules`, as the lock file beside this says. It is installed on first use, which
 * takes a few minutes and 700 MB, outside of the clone: in `CRUM_CACHE`, or `~/.cache/crum`.
 */
export async function frameworks(): Promise<string> {
  const files = ['package.json', 'package-lock.json'].map((name) => new URL(name, import.meta.url))
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  const cache = process.env.CRUM_CACHE ?? join(homedir(), '.cache', 'crum')
  const folder = join(cache, `ecosystem-${hash.digest('hex').slice(0, 12)}`)
  if (existsSync(folder)) return folder
  const unfinished = `${folder}.${process.pid}`
  mkdirSync(unfinished, { recursive: true })
  try {
    for (const file of files) cpSync(file, join(unfinished, file.pathname.split('/').at(-1) ?? ''))
    // no package needs a script of its own to be installed
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: unfinished })
    // another run may have been as quick
    if (!existsSync(folder)) renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** Code of docs/frameworks.md, by the name in its first line. */
export function example(name: string): string {
  const found = snippets('frameworks.md', 'ts', 'tsx').find(({ code }) => code.startsWith(`// ${name}\n`))
  if (!found) throw new Error(`docs/frameworks.md was expected to have ${name}`)
  // Next wants 'use client' on the first line
  return found.code.replace(/^.*\n/, '')
}

export interface App {
  folder: string
  /** Runs a program of the frameworks' `node_modules/.bin` in the app; rejects with all that it says. */
  build(command: string, args: string[], env?: NodeJS.ProcessEnv): Promise<void>
}

/** An app of these files, in which the package and the frameworks are found by their names. Gone after the test. */
export async function appOf(files: Record<string, string>): Promise<App> {
  const home = await frameworks()
  await mkdir(join(home, 'apps'), { recursive: true })
  const folder = await mkdtemp(join(home, 'apps', 'app-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const crum = join(folder, 'node_modules', 'crum')
  cpSync(join(root, 'dist'), join(crum, 'dist'), { recursive: true })
  cpSync(join(root, 'package.json'), join(crum, 'package.json'))
  for (const [name, content] of Object.entries({ 'package.json': '{"private":true,"type":"module"}', ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return {
    folder,
    build: async (command, args, env = {}) => {
      // vitest's own would make development builds of them
      const { NODE_ENV: _, VITEST: __, ...own } = process.env
      const given = { cwd: folder, env: { ...own, CI: 'true', ...env }, maxBuffer: 1 << 26 }
      await run(join(home, 'node_modules', '.bin', command), args, given).catch(({ stdout, stderr }) => {
        throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`)
      })
    },
  }
}

const types: Record<string, string> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' },
  ...{ '.json': 'application/json', '.txt': 'text/x-component' },
}

/** Serves the pages of a built app, `/` where there is none of that name, and keeps the beacons that they post to `/rum`. */
export async function serve(folder: string) {
  const beacons: Payload[] = []
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      beacons.push(JSON.parse(await text(request)))
      response.writeHead(204).end()
      return
    }
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const isPage = !extname(path)
    const candidates = isPage ? [`${path}.html`, `${path}/index.html`, '/index.html'] : [path]
    for (const candidate of candidates) {
      const content = await readFile(join(folder, candidate)).catch(() => undefined)
      if (!content) continue
      response.writeHead(200, { 'content-type': types[extname(candidate)] ?? 'application/octet-stream' }).end(content)
      return
    }
    response.writeHead(404).end()
  })
  const origin = await openPort(server)
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { origin, beacons }
}
