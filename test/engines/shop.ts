import { loader } from '../browser/harness/snippet.ts'

/** Short rates, so that a test takes seconds. */
export const rates = { samplingRate: 300, entriesRate: 100 }

/** A page with the client. `settings` are JSON, or the source text of an object. */
export const page = ({
  head = '',
  body = '',
  settings = {},
}: {
  /** HTML before the client. */
  head?: string
  /** HTML after it. */
  body?: string
  settings?: Record<string, unknown>
} = {}): string =>
  `<!doctype html><html lang="en"><head><title>shop</title><link rel="icon" href="data:,"><script>${helpers}</script>${head}
  ${loader('/rum', { ...rates, ...settings })}</head><body><h1>shop</h1>${body}</body></html>`

/** Keeps what reaches the page of errors in `uncaught`. */
const helpers = `
  var uncaught = []
  addEventListener('error', ({ message }) => message && uncaught.push(message))
  addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)))
  function busy(ms) { for (const end = performance.now() + ms; performance.now() < end;); }
`
