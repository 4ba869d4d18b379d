import type { Answer } from './dispatch.ts'
import { policy } from './policy.ts'
import { serveFile } from './serveFile.ts'

/** Only pages of this receiver in its frames, and none around it. */
const framing = policy("frame-src 'self'", "frame-ancestors 'none'")

/** Answers `/` with the shop and the inspector side by side. */
export function splitView(root: string): Answer {
  return async (exchange) => {
    exchange.response.setHeader('content-security-policy', framing)
    await serveFile(exchange, root, `/${exchange.params.file ?? 'split.html'}`)
  }
}
