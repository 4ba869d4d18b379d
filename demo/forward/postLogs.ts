import { delayOf } from '../../src/sinks/delivery/outcome.ts'

/** Where log records go: the endpoint for logs, and the headers that it wants. */
export interface Collector {
  url: string
  headers: Record<string, string>
}

/** What a collector made of one request, as OTLP has it. https://opentelemetry.io/docs/specs/otlp/#otlphttp-response */
export type Outcome =
  /** It has them. Records that it has rejected must not come again. */
  | { type: 'taken'; rejected: number; reason: string }
  /** They must not come again. */
  | { type: 'refused'; reason: string }
  | { type: 'too large' }
  /** They are to come again: after `retryIn` ms, if it says so (else 0). */
  | { type: 'retry'; retryIn: number; reason: string }

/**
 * Sends gzipped log records once; never fails. What `signal` cuts off is to come again. For `patience` ms a collector may think
 * about an answer: unless given, what exporters of OpenTelemetry wait.
 */
export async function postLogs(
  to: Collector,
  body: Uint8Array,
  signal: AbortSignal,
  patience = 10_000,
): Promise<Outcome> {
  // with a timer of its own: Node may collect an `AbortSignal.timeout()` that nothing but an `any()` holds, and it never fires
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${patience / 1000} s`)), patience)
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { ...to.headers, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: body as BodyInit,
      // a POST that follows one may arrive as a GET, and be answered with 200
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
    })
    return outcomeOf(response, await response.text())
  } catch (error) {
    const { message, cause } = error as Error
    return { type: 'retry', retryIn: 0, reason: `${(cause as Error | undefined)?.message || message}` }
  } finally {
    clearTimeout(timer)
  }
}

function outcomeOf({ status, ok, headers }: Response, text: string): Outcome {
  const answer = answerIn(text)
  const reason = `${status} ${answer.message ?? text}`.trim()
  if (ok) {
    const { rejectedLogRecords = 0, errorMessage = '' } = answer.partialSuccess ?? {}
    return { type: 'taken', rejected: Number(rejectedLogRecords), reason: errorMessage }
  }
  if ([429, 502, 503, 504].includes(status)) {
    return { type: 'retry', retryIn: delayOf(headers.get('retry-after') ?? ''), reason }
  }
  if (status < 400) return { type: 'retry', retryIn: 0, reason: `${status} to ${headers.get('location')}` }
  return status === 413 ? { type: 'too large' } : { type: 'refused', reason }
}

interface Answer {
  partialSuccess?: { rejectedLogRecords?: string | number; errorMessage?: string }
  message?: string
}

/** The answer as JSON; what is none says nothing. */
function answerIn(text: string): Answer {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}
