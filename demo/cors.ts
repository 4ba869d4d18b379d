import type { Answer, Exchange } from './dispatch.ts'

/**
 * Lets pages of other origins post here and read the answer. The origin is echoed and credentials are allowed because
 * `sendBeacon` always sends them, and `*` would not do then; the receiver itself reads no cookie.
 */
export function allowOrigin({ request, response }: Exchange): void {
  const { origin } = request.headers
  response.appendHeader('vary', 'origin')
  response.setHeader('access-control-allow-origin', origin ?? '*')
  if (origin) response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('access-control-expose-headers', 'accept-encoding, retry-after')
}

/** Answers a preflight: what a page of another origin may send, for two hours (browsers remember it no longer). */
export const preflight: Answer = (exchange) => {
  allowOrigin(exchange)
  exchange.response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '7200',
    })
    .end()
}
