import { createServer, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { listen } from '../../demo/listen.ts'

/** A request that a client has made, its script apart. */
export interface Arrival {
  /** `performance.now()` of the benchmark. */
  at: number
  method: string
  path: string
  /** Bytes of the body, packed if it came packed. */
  bytes: number
}

/** Serves a client's script, and takes what the client sends, on an origin of its own. */
export interface Receiver {
  origin: string
  arrivals: Arrival[]
  close(): void
}

/** Opens a receiver that gives this script at any path, and answers all else with 200 and an empty object. */
export async function openReceiver(script: string): Promise<Receiver> {
  const arrivals: Arrival[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    if (method === 'GET' && url !== '/favicon.ico') {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store', ...open(request) })
      return response.end(script)
    }
    // a request that is cut off counts for what has come of it
    const body = await buffer(request).catch(() => Buffer.alloc(0))
    arrivals.push({ at: performance.now(), method, path: url, bytes: body.length })
    response.writeHead(200, { 'content-type': 'application/json', ...open(request) }).end('{}')
  })
  server.keepAliveTimeout = 60_000
  const origin = await listen(server, 0, '127.0.0.1')
  return {
    origin,
    arrivals,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Lets pages of every origin send and read, and says that gzip is welcome (RFC 7694). */
function open({ headers }: IncomingMessage): Record<string, string> {
  return {
    'access-control-allow-origin': headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '600',
    'access-control-expose-headers': 'accept-encoding',
    'accept-encoding': 'gzip',
    'timing-allow-origin': '*',
  }
}
