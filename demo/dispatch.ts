import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Refusal } from './refusal.ts'

/** One request, its answer, and what the route's pattern found in the path. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  params: Record<string, string>
}

export type Answer = (exchange: Exchange) => void | Promise<void>

/** A path, as a pattern with named groups, and who answers which method. `GET` answers `HEAD` too. */
export interface Route {
  path: RegExp
  methods: Partial<Record<'GET' | 'POST' | 'OPTIONS', Answer>>
}

/** Hands each request to the first route with its path. What an answer throws becomes a status and a reason as text. */
export function dispatch(routes: Route[], log: (line: string) => void): RequestListener {
  return async (request, response) => {
    try {
      await answerBy(routes, request, response)
    } catch (error) {
      if (response.destroyed) return
      if (!(error instanceof Refusal))
        log(`${request.method} ${request.url} failed: ${(error as Error).stack ?? error}`)
      refuse(response, error)
    }
  }
}

function answerBy(routes: Route[], request: IncomingMessage, response: ServerResponse): void | Promise<void> {
  const target = `http://receiver${request.url}`
  if (!request.url?.startsWith('/') || !URL.canParse(target)) throw new Refusal(400, `${request.url} is not a path`)

  const url = new URL(target)
  const route = routes.find(({ path }) => path.test(url.pathname))
  if (!route) throw new Refusal(404, `There is nothing at ${url.pathname}`)

  const answer = route.methods[(request.method === 'HEAD' ? 'GET' : request.method) as keyof Route['methods']]
  if (!answer) {
    const allow = allowed(route)
    throw new Refusal(405, `${url.pathname} takes ${allow}; got ${request.method}`, { allow })
  }
  return answer({ request, response, url, params: route.path.exec(url.pathname)?.groups ?? {} })
}

function allowed({ methods }: Route): string {
  return Object.keys(methods)
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ')
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { status, message, headers } =
    error instanceof Refusal ? error : new Refusal(500, 'The receiver failed; its output says why')
  response
    .writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' })
    .end(`${message}\n`)
}
