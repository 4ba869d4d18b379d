import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface StartOptions {
  port: number
  host: string
  /** The file that beacons are appended to. */
  store: string
  /** The folder of the built script. */
  dist: string
}

export const usage = 'npm start -- [--port 8080] [--host 127.0.0.1] [--store FILE] [--dist FOLDER]'

/** Reads the command line, then the environment's `PORT`; names what was given where it makes no sense. */
export function startOptions(args: string[], env: NodeJS.ProcessEnv, root: string): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      store: { type: 'string', default: join(root, '.crum', 'beacons.ndjson') },
      dist: { type: 'string', default: join(root, 'dist') },
    },
  })
  return {
    port: values.port === undefined ? portOf('PORT', env.PORT || '8080') : portOf('--port', values.port),
    host: values.host,
    store: resolve(values.store),
    dist: resolve(values.dist),
  }
}

function portOf(name: string, given: string): number {
  const port = Number(given)
  if (/^\d{1,5}$/.test(given) && port <= 65_535) return port
  throw new Error(`${name} takes a port, a whole number from 0 (any free one) to 65535; got '${given}'`)
}
