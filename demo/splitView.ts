import type { Answer } from './dispatch.ts'
import { serveFile } from './serveFile.ts'

/** Only its own script and style, and only pages of this receiver in its frames. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Answers `/` with the shop and the inspector side by side. */
export function splitView(root: string): Answer {
  return async (exchange) => {
    exchange.response.setHeader('content-security-policy', policy)
    await serveFile(exchange, root, `/${exchange.params.file ?? 'split.html'}`)
  }
}
