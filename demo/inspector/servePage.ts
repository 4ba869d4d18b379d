import type { Answer } from '../dispatch.ts'
import { policy } from '../policy.ts'
import { Refusal } from '../refusal.ts'
import { send } from '../serveFile.ts'
import { type Bundle, bundlePage } from './bundlePage.ts'

/** No text becomes markup or script, and only pages of this receiver may frame it. */
const guarded = policy("frame-ancestors 'self'", "require-trusted-types-for 'script'", 'trusted-types lit-html')

/** Answers with a page and its parts, built when the first of them is asked for. */
export function servePage(root: string, base: string): Answer {
  let bundle: Promise<Bundle> | undefined

  return async (exchange) => {
    bundle ??= bundlePage(root, base)
    const files = await bundle.catch((error: unknown) => {
      // an edit may mend it
      bundle = undefined
      throw error
    })
    const file = files.get(exchange.params.file ?? '')
    if (!file) throw new Refusal(404, `There is no file ${exchange.url.pathname}`)
    exchange.response.setHeader('content-security-policy', guarded)
    exchange.response.setHeader('referrer-policy', 'no-referrer')
    send(exchange, 200, file.type, file.content)
  }
}
