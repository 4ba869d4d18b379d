/**
 * Finds a browser of the Chromium family for the tests, or installs one: from `CRUM_BROWSER` or `CHROME_PATH`, from the
 * system, from Playwright, from Playwright's download, and as root on Debian from the distribution.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { posix, win32 } from 'node:path'
import { chromium } from 'playwright'

/** All that the search asks of the machine, so that a test can be another machine. */
export interface Machine {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  root: boolean
  exists(path: string): boolean
  /** Where Playwright would have put its own Chromium. */
  playwrightPath(): string
  /** Runs a command to its end, or to the end of the given patience, and says whether it went well. */
  run(command: string[], options: { minutes: number; quiet?: boolean }): boolean
}

export class NoBrowser extends Error {}

const variables = ['CRUM_BROWSER', 'CHROME_PATH']

/** The path of a browser that is there and runs; throws a `NoBrowser` that says what to do. */
export function findBrowser(machine: Machine = thisMachine): string {
  return named(machine) ?? candidates(machine).find((path) => runs(path, machine)) ?? fail(advice(machine))
}

/** The same, but it installs a browser where there is none: this takes minutes. */
export function findOrInstallBrowser(machine: Machine = thisMachine): string {
  const find = () => named(machine) ?? candidates(machine).find((path) => runs(path, machine))
  let found = find()
  for (const install of installs(machine)) {
    if (found) return found
    if (install()) found = find()
  }
  return found ?? fail(advice(machine))
}

/** What the user chose; if it is not there, no other is taken in its place. */
function named({ env, exists }: Machine): string | undefined {
  const variable = variables.find((name) => env[name])
  const path = variable && env[variable]
  if (path && !exists(path)) {
    fail(`${variable} is ${path}, where no file is. Expected: the path of a Chrome, Chromium or Edge executable.`)
  }
  return path
}

/** Where such browsers usually are, the likeliest first. */
function candidates({ platform, env, playwrightPath }: Machine): string[] {
  return [...installed[platform === 'win32' || platform === 'darwin' ? platform : 'linux'](env), playwrightPath()]
}

const installed = {
  linux: (env: Machine['env']) => {
    const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge-stable']
    const folders = [...(env.PATH ?? '').split(posix.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin']
    const onPath = names.flatMap((name) => folders.filter(Boolean).map((folder) => posix.join(folder, name)))
    return [...new Set([...onPath, '/opt/google/chrome/chrome', '/opt/microsoft/msedge/msedge'])]
  },
  darwin: (env: Machine['env']) =>
    ['/Applications', posix.join(env.HOME ?? '/', 'Applications')].flatMap((folder) =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`),
    ),
  win32: (env: Machine['env']) =>
    [
      'Google\\Chrome\\Application\\chrome.exe',
      'Chromium\\Application\\chrome.exe',
      'Microsoft\\Edge\\Application\\msedge.exe',
    ]
      .flatMap((path) =>
        ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].map((name) => [env[name], path] as const),
      )
      .flatMap(([folder, path]) => (folder ? [win32.join(folder, path)] : [])),
}

/** Ubuntu's `chromium-browser` is a stub that only names a snap, and a download may lack libraries: both fail here. */
function runs(path: string, { platform, exists, run }: Machine): boolean {
  // on Windows the question would open a window
  return exists(path) && (platform === 'win32' || run([path, '--version'], { minutes: 0.5, quiet: true }))
}

/** The ways to a new browser, in the order to try them. */
function installs({ platform, root, exists, run, playwrightPath }: Machine): (() => boolean)[] {
  const debian = platform === 'linux' && root && exists('/usr/bin/apt-get')
  const playwright = (...args: string[]) => run([process.execPath, playwrightCli, ...args], { minutes: 5 })
  const apt = (...args: string[]) => run(['apt-get', ...args], { minutes: 10 })
  return [
    () => playwright('install', 'chromium'),
    () => debian && exists(playwrightPath()) && playwright('install-deps', 'chromium'),
    () => debian && apt('update') && apt('install', '-y', 'chromium'),
  ]
}

const playwrightCli = createRequire(import.meta.url)
  .resolve('playwright/package.json')
  .replace('package.json', 'cli.js')

function advice({ platform }: Machine): string {
  const install = platform === 'linux' ? 'apt-get install -y chromium (as root), or ' : ''
  return [
    'No browser of the Chromium family was found that runs. One of these helps:',
    `  - install one: ${install}npx playwright install --with-deps chromium`,
    `  - name one: CRUM_BROWSER=/path/to/chrome npm test`,
  ].join('\n')
}

function fail(message: string): never {
  throw new NoBrowser(message)
}

const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  root: process.getuid?.() === 0,
  exists: existsSync,
  playwrightPath: () => chromium.executablePath(),
  run: ([command = '', ...args], { minutes, quiet }) => {
    const output = quiet ? 'ignore' : 'inherit'
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const timeout = minutes * 60_000
    if (!quiet) console.log(`$ ${[command, ...args].join(' ')}`)
    return spawnSync(command, args, { stdio: ['ignore', output, output], timeout, env }).status === 0
  },
}
