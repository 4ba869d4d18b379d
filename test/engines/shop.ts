import { loader } from '../browser/harness/snippet.ts'

/** Short rates, so that a test takes seconds. */
export const rates = { samplingRate: 300, entriesRate: 100 }

/** Nothing leaves by the clock: what arrives was sent for another reason. */
export const still = { samplingRate: 100_000, entriesRate: 100_000, ignoreResources: ['/rum'] }

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
  settings?: Record<string, unknown> | string
} = {}): string =>
  `<!doctype html><html lang="en"><head><title>shop</title><link rel="icon" href="data:,"><script>${helpers}</script>${head}
  ${loader('/rum', merged(settings))}</head><body><h1>shop</h1>${body}</body></html>`

/** A page whose sessions are collected or not: all digits of their ids are the one that it has last set. */
export const drawing = (digit: number, settings: object = {}) =>
  page({
    head: `<script>var digit = ${digit}; crypto.getRandomValues = (values) => values.fill(digit)</script>`,
    settings: { sampleRate: 0.5, ...settings },
  })

const merged = (settings: Record<string, unknown> | string) =>
  typeof settings === 'string' ? `{ ...${JSON.stringify(rates)}, ...${settings} }` : { ...rates, ...settings }

/** Goes before the client: keeps in `complaints` what is written into the console as an error. */
export const complaining = `<script>
  var complaints = []
  console.error = (...line) => void complaints.push(line.join(' '))
</script>`

/** Keeps what reaches the page of errors in `uncaught`. */
const helpers = `
  var uncaught = []
  addEventListener('error', ({ message }) => message && uncaught.push(message))
  addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)))
  function busy(ms) { for (const end = performance.now() + ms; performance.now() < end;); }
`
