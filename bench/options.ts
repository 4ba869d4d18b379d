import { parseArgs } from 'node:util'
import { type PeerName, peerNames } from './subjects/peers.ts'

export const commandNames = ['startup', 'app', 'heap', 'events', 'idle', 'wire', 'lighthouse'] as const

export type CommandName = (typeof commandNames)[number]

export interface Options {
  /** What to measure, in this order. */
  commands: CommandName[]
  /** Builds of ours. */
  builds: { name: string; path: string }[]
  peers: PeerName[]
  /** Settings of ours, `CRUM = {…}`. */
  settings: Record<string, unknown>
  /** Each measurement has its own number unless given. */
  rounds?: number
  /** Whether a missed bound is a failure. */
  strict: boolean
}

const usage = `npm run bench -- [${commandNames.join('|')}]… [--rounds 7] [--subject name=/path.js]…
  [--subjects ${peerNames.join(',')}] [--crum '{"samplingRate":3000}'] [--strict]`

const known = {
  rounds: { type: 'string' },
  subject: { type: 'string', multiple: true },
  subjects: { type: 'string' },
  crum: { type: 'string' },
  strict: { type: 'boolean' },
} as const

/** Reads the command line; an error names what was given, and what was expected instead. */
export function readOptions(args: string[], build: string): Options {
  const { values, positionals } = parseArgs({ args, options: known, allowPositionals: true, strict: false })
  const stranger = Object.keys(values).find((name) => !(name in known))
  if (stranger) wrong(`--${stranger}`, 'is no option', `one of ${list(Object.keys(known).map((name) => `--${name}`))}`)
  const {
    rounds,
    subject = [],
    subjects,
    crum,
    strict = false,
  } = values as Record<string, Given> & { subject?: Given[] }
  if (typeof strict === 'string') wrong('--strict', `got '${strict}'`, 'no value')
  return {
    commands: positionals.length ? positionals.map(commandOf) : commandNames.filter((name) => name !== 'lighthouse'),
    builds: buildsOf(subject, build),
    peers: peersOf(subjects),
    settings: settingsOf(crum),
    ...(rounds === undefined ? {} : { rounds: roundsOf(rounds) }),
    strict,
  }
}

/** An option without its value is `true`. */
type Given = string | boolean | undefined

function commandOf(given: string): CommandName {
  const found = commandNames.find((name) => name === given)
  return found ?? wrong(`'${given}'`, 'is no measurement', `one of ${list(commandNames)}`)
}

function buildsOf(given: Given[], build: string): Options['builds'] {
  const builds = given.map((text) => {
    const [, name, path] = /^([\w.-]+)=(.+)$/.exec(`${text}`) ?? []
    if (!name || !path) wrong('--subject', got(text), 'name=/path/to/crum.js')
    if (['page alone', ...peerNames].includes(name))
      wrong('--subject', `got the name '${name}'`, 'one that no peer has')
    return { name, path }
  })
  const twice = builds.find(({ name }, i) => builds.findIndex((other) => other.name === name) !== i)
  if (twice) wrong('--subject', `got the name '${twice.name}' twice`, 'another name for each build')
  return builds.length ? builds : [{ name: 'ours', path: build }]
}

function peersOf(given: Given): PeerName[] {
  if (given === undefined) return [...peerNames]
  const names = `${given === true ? '?' : given}`.split(',').filter(Boolean)
  return names.map((name) => {
    const found = peerNames.find((peer) => peer === name)
    return found ?? wrong('--subjects', got(given), `some of ${list(peerNames)}, with commas between them`)
  })
}

function settingsOf(given: Given): Record<string, unknown> {
  if (given === undefined) return {}
  try {
    const settings = JSON.parse(`${given}`)
    if (typeof settings === 'object' && settings && !Array.isArray(settings)) return settings
  } catch {}
  return wrong('--crum', got(given), `the settings of crum as a JSON object, '{"samplingRate":3000}'`)
}

function roundsOf(given: Given): number {
  return /^[1-9]\d{0,3}$/.test(`${given}`)
    ? Number(given)
    : wrong('--rounds', got(given), 'a whole number from 1 to 9999')
}

const got = (given: Given) => (given === true ? 'got nothing' : `got '${given}'`)

const list = (names: readonly string[]) => names.join(', ')

function wrong(what: string, given: string, expected: string): never {
  throw new Error(`${what} ${given}; expected ${expected}\n\nUsage: ${usage}`)
}
