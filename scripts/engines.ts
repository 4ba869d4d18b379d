/**
 * Finds the browser engines for the tests of all of them, and installs what is missing as root on Debian. A Chromium may be
 * named in `CRUM_BROWSER`, the others in `CRUM_FIREFOX` and `CRUM_WEBKIT`, their drivers in `CRUM_CHROMEDRIVER` and
 * `CRUM_WEBKITDRIVER`.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What the search asks of the machine, so that a test can be another machine. */
export interface EngineMachine {
  platform: NodeJS.Platform
  env: Record<string, string | undefined>
  root: boolean
  exists(path: string): boolean
  /** Names in a folder, none where there is no such folder. */
  list(folder: string): string[]
  /** Runs a command to its end and says whether it went well. */
  run(command: string[]): boolean
}

export const engineNames = ['chromium', 'firefox', 'webkit'] as const

export type EngineName = (typeof engineNames)[number]

export interface FoundEngine {
  name: EngineName
  /** Path of the browser. */
  browser: string
  /** Path of what drives it; empty where it needs none. */
  driver: string
}

/** Debian's packages of each engine. */
const packages: Record<EngineName, string[]> = {
  chromium: ['chromium', 'chromium-driver'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
}

/** The engines that are there with all that drives them. */
export function findEngines(machine: EngineMachine = thisMachine): FoundEngine[] {
  return engineNames.flatMap((name) => {
    const { browser, driver } = parts[name](machine)
    return browser && driver !== undefined ? [{ name, browser, driver }] : []
  })
}

/** Installs what is missing, if this machine lets it; says which engines are missing still. */
export function installEngines(machine: EngineMachine = thisMachine): EngineName[] {
  const missing = () => engineNames.filter((name) => findEngines(machine).every((found) => found.name !== name))
  const wanted = missing().flatMap((name) => packages[name])
  const isDebian = machine.platform === 'linux' && machine.root && machine.exists('/usr/bin/apt-get')
  if (wanted.length && isDebian && machine.run(['apt-get', 'update'])) {
    machine.run(['apt-get', 'install', '-y', '--no-install-recommends', ...wanted])
  }
  return missing()
}

/** What to do for an engine that is missing. */
export const advice = (name: EngineName): string =>
  `${name} was not found: apt-get install -y ${packages[name].join(' ')} (as root, on Debian)`

type Parts = { browser?: string | undefined; driver?: string | undefined }

const parts: Record<EngineName, (machine: EngineMachine) => Parts> = {
  chromium: (machine) => ({
    browser: named(machine, 'CRUM_BROWSER') ?? onPath(machine, ['chromium', 'google-chrome-stable', 'google-chrome']),
    driver: named(machine, 'CRUM_CHROMEDRIVER') ?? onPath(machine, ['chromedriver']),
  }),
  firefox: (machine) => ({
    browser: named(machine, 'CRUM_FIREFOX') ?? onPath(machine, ['firefox-esr', 'firefox']),
    driver: '',
  }),
  webkit: (machine) =>
    onPath(machine, ['Xvfb']) === undefined
      ? {}
      : {
          browser: named(machine, 'CRUM_WEBKIT') ?? miniBrowser(machine),
          driver: named(machine, 'CRUM_WEBKITDRIVER') ?? onPath(machine, ['WebKitWebDriver']),
        },
}

const named = ({ env, exists }: EngineMachine, variable: string) => {
  const path = env[variable]
  return path && exists(path) ? path : undefined
}

const onPath = ({ env, exists }: EngineMachine, names: string[]) =>
  names
    .flatMap((name) => [...(env.PATH ?? '').split(':'), '/usr/bin'].filter(Boolean).map((folder) => join(folder, name)))
    .find(exists)

/** WebKitGTK's own small browser, which is beside its library. */
const miniBrowser = ({ exists, list }: EngineMachine) =>
  list('/usr/lib')
    .filter((name) => name.endsWith('-linux-gnu'))
    .flatMap((name) => ['4.1', '6.0', '4.0'].map((version) => `/usr/lib/${name}/webkit2gtk-${version}/MiniBrowser`))
    .find(exists)

const thisMachine: EngineMachine = {
  platform: process.platform,
  env: process.env,
  root: process.getuid?.() === 0,
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  run: ([command = '', ...args]) => {
    console.log(`$ ${[command, ...args].join(' ')}`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 900_000, env }).status === 0
  },
}
