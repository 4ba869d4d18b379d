import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'

/** What a path answers: text by its extension (HTML without one), details as an object, or anything by a function. */
export type Route = string | Buffer | Reply | ((request: IncomingMessage, response: ServerResponse) => unknown)

export interface Reply {
  body?: string | Buffer
  status?: number
  headers?: Record<string, string>
  /** Milliseconds until the answer begins: a slow image, a late script. */
  delay?: number
}

export async function reply(route: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (typeof route === 'function') return void (await route(request, response))
  const { body = '', status = 200, headers = {}, delay = 0 } = isReply(route) ? route : { body: route }
  if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
  const path = new URL(request.url ?? '/', 'http://any').pathname
  response.writeHead(status, { 'content-type': types[extname(path)] ?? types.html, ...headers }).end(body)
}

const isReply = (route: string | Buffer | Reply): route is Reply => typeof route === 'object' && !Buffer.isBuffer(route)

const types: Record<string, string> & { html: string } = {
  html: 'text/html;charset=utf-8',
  '.js': 'text/javascript;charset=utf-8',
  '.css': 'text/css;charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}
