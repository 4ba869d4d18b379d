import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface StartOptions {
  port: number
  host: string
  /** The file of the store. */
  store: string
  /** The folder of the built script. */
  dist: string
  /** What opens the stored data to other machines; one is made unless given. */
  token: string | undefined
  /** Further names of this machine: those that a proxy passes on. */
  hosts: string[]
  /** Bytes that the store may use. */
  maxSize: number
  /** For how long a session is kept, ms. */
  maxAge: number
  /** Where what arrives is sent on to, if anywhere: the endpoint for logs of an OpenTelemetry Collector, and headers for it. */
  otlp: { url: string; headers: Record<string, string> } | undefined
  /** Whether each beacon is a line of the log. */
  verbose: boolean
  /** A file to take beacons from, or to write them to, instead of listening; `-` is the terminal's input or output. */
  import: string | undefined
  export: string | undefined
}

export const usage = `npm start -- [--port 8080] [--host 127.0.0.1] [--allowed-host NAME]… [--token TEXT] [--verbose]
                   [--store FILE] [--max-size 1GiB] [--max-age 30d] [--dist FOLDER] [--import FILE] [--export FILE]
                   [--otlp URL]`

/** Reads the command line, then the environment's `PORT`; names what was given where it makes no sense. */
export function startOptions(args: string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      'allowed-host': { type: 'string', multiple: true, default: [] },
      token: { type: 'string' },
      store: { type: 'string', default: join(root, '.crum', 'crum.db') },
      'max-size': { type: 'string', default: '1GiB' },
      'max-age': { type: 'string', default: '30d' },
      dist: { type: 'string', default: join(root, 'dist') },
      verbose: { type: 'boolean', default: false },
      import: { type: 'string' },
      export: { type: 'string' },
      otlp: { type: 'string' },
    },
  })
  return {
    port: values.port === undefined ? portOf('PORT', env.PORT || '8080') : portOf('--port', values.port),
    host: values.host,
    hosts: values['allowed-host'],
    token: values.token === undefined ? undefined : tokenOf(values.token),
    store: resolve(values.store),
    maxSize: amountOf('--max-size', 'a size, as 500MiB or 8GiB', values['max-size'], sizes),
    maxAge: amountOf('--max-age', 'a time, as 12h or 30d', values['max-age'], times),
    dist: resolve(values.dist),
    otlp: values.otlp === undefined ? undefined : collectorOf(values.otlp, env.OTEL_EXPORTER_OTLP_HEADERS),
    verbose: values.verbose,
    import: values.import,
    export: values.export,
  }
}

function portOf(name: string, given: string): number {
  const port = Number(given)
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port
  throw new Error(`${name} takes a port, a whole number from 0 (any free one) to 65535; got '${given}'`)
}

function tokenOf(given: string): string {
  if (/^[\w.~-]{16,200}$/.test(given)) return given
  throw new Error(`--token takes 16 to 200 letters, digits, '.', '_', '~' or '-'; got ${given.length} characters`)
}

/** The address as OpenTelemetry has it: a base, to which the path of logs is added. */
function collectorOf(given: string, headers = ''): { url: string; headers: Record<string, string> } {
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new Error(`--otlp takes the address of a collector, as http://localhost:4318; got '${given}'`)
  }
  if (!url.pathname.endsWith('/v1/logs')) url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/logs`
  return { url: url.href, headers: headersOf(headers) }
}

/** `authorization=Bearer%20abc,x-tenant=shop`, see https://opentelemetry.io/docs/specs/otel/protocol/exporter/ */
function headersOf(given: string): Record<string, string> {
  const pairs = given.split(',').map((pair) => pair.split(/=(.*)/s).map((part) => part.trim()))
  try {
    const headers = pairs.flatMap(([name, value]) => (name && value ? [[name, decodeURIComponent(value)]] : []))
    return Object.fromEntries(new Headers(headers as [string, string][]))
  } catch {
    throw new Error('OTEL_EXPORTER_OTLP_HEADERS takes name=value pairs with commas between them')
  }
}

const sizes = { MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }
const times = { h: 3_600_000, d: 86_400_000 }

function amountOf(name: string, what: string, given: string, units: Record<string, number>): number {
  const [, number, unit = ''] = /^(\d{1,6})([A-Za-z]{1,3})$/.exec(given) ?? []
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined
  if (factor && Number(number) > 0) return Number(number) * factor
  throw new Error(`${name} takes ${what}; got '${given}'`)
}
