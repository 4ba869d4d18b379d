import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { certificate } from './certificate.ts'
import { type Arrival, Inbox, toArrival } from './inbox.ts'
import { type Reply, type Route, reply } from './routes.ts'

/**
 * What a beacon gets: a response, no answer ever, an answer that is not HTTP, or a broken connection. On a connection
 * that was used before, Chromium itself sends again after a `reset`, twice, so that one `fetch` arrives three times.
 */
export type Answer = Reply | 'hang' | 'garbage' | 'reset'

export interface SiteOptions {
  /** A name of its own, on the scheme's usual port: pass `{ [host]: site.port }` to `launch`. */
  host?: string
  /** HTTPS with a certificate that nobody should trust. Needs a `host`. */
  secure?: boolean
}

export interface Site {
  origin: string
  port: number
  /** Every POST that has no route of its own, in order of arrival. */
  beacons: Arrival[]
  /** `GET /cart?id=1` … of everything that was asked for, in order. */
  requests: string[]
  /** What the next beacons get; 204 unless set. */
  answer: (arrival: Pick<Arrival, 'path' | 'headers'>) => Answer
  /** The pages, to be changed while the site runs. */
  routes: Record<string, Route>
  url(path: string): string
  /** Resolves with the beacons as soon as they satisfy the predicate; never asks twice without an arrival. */
  until(predicate: (beacons: Arrival[]) => boolean, patience?: number): Promise<Arrival[]>
  /** Stops listening and breaks every connection off: what comes now is refused. */
  shut(): Promise<void>
  /** Listens again, on the same port. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/**
 * Serves the given pages under an origin that no test had before, and is the receiver: `GET /rum` gives the built
 * script, and what it fetches for DevTools is beside it, unless the pages have another, and what is posted is kept in memory.
 */
export async function site(pages: Record<string, Route>, { host, secure = false }: SiteOptions = {}): Promise<Site> {
  const inbox = new Inbox()
  const routes: Site['routes'] = { '/favicon.ico': { status: 204 }, ...pages }
  routes['/rum'] ??= built('crum.js')
  routes['/crum.debug.js'] ??= built('crum.debug.js')

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { method = '', url = '/' } = request
    shop.requests.push(`${method} ${url}`)
    const route = routes[url] ?? routes[url.replace(/\?.*/, '')]
    allowCors(request, response)
    if (method === 'OPTIONS') response.writeHead(204).end()
    else if (method === 'POST' && (route === undefined || url.startsWith('/rum'))) await receive(request, response)
    else await reply(route ?? { status: 404, body: `no page at ${url}` }, request, response)
  }

  async function receive(request: IncomingMessage, response: ServerResponse) {
    const body = await buffer(request)
    const answer = shop.answer({ path: request.url ?? '', headers: request.headers })
    inbox.add(toArrival(request, body, answer))
    if (answer === 'reset') request.socket.destroy()
    else if (answer === 'garbage') request.socket.end('this is no HTTP\r\n\r\n')
    else if (answer !== 'hang') await reply({ status: 204, ...answer }, request, response)
  }

  const listen = (request: IncomingMessage, response: ServerResponse) => {
    serve(request, response).catch((error) => response.destroy(error))
  }
  const server = secure ? createSecureServer(certificate(), listen) : createServer(listen)
  server.keepAliveTimeout = 60_000
  const listenOn = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const shut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  await listenOn(0)
  const { port } = server.address() as AddressInfo
  const origin = `http${secure ? 's' : ''}://${host ?? `t${randomBytes(4).toString('hex')}.localhost:${port}`}`

  const shop: Site = {
    origin,
    port,
    routes,
    beacons: inbox.arrivals,
    requests: [],
    answer: () => ({}),
    url: (path) => new URL(path, origin).href,
    until: (predicate, patience) => inbox.until(predicate, patience),
    shut,
    reopen: () => listenOn(port),
    close: shut,
  }
  return shop
}

/** The page may be of another origin than the receiver. */
function allowCors(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*')
  response.setHeader('access-control-allow-credentials', 'true')
}

function built(name: string): Route {
  const file = new URL(`../../../dist/${name}`, import.meta.url)
  if (!existsSync(file)) throw new Error(`${file.pathname} was expected to be there: run npm run build first`)
  return { body: readFileSync(file, 'utf8'), headers: { 'content-type': 'text/javascript;charset=utf-8' } }
}
