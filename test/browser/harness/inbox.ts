import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import type { Payload } from '../../../src/payload/payload.ts'
import type { Answer } from './site.ts'

/** One POST as it reached the site. */
export interface Arrival {
  /** The beacon, parsed; `undefined` where the body is not JSON. */
  payload: Payload
  /** The body as text, unpacked. */
  text: string
  /** Bytes on the wire, packed if they came packed. */
  bytes: number
  /** `performance.now()` of the test's own process. */
  at: number
  /** Path and query. */
  path: string
  contentType: string
  contentEncoding: string
  headers: IncomingMessage['headers']
  /** As `Sec-Fetch-Mode` tells: only `sendBeacon` posts without CORS. `unknown` on insecure origins. */
  way: 'fetch' | 'sendBeacon' | 'unknown'
  /** What the site answered, or did instead. */
  answer: Answer
}

/** What has arrived so far, and a way to wait for more without asking again and again. */
export class Inbox {
  readonly arrivals: Arrival[] = []
  readonly #watchers = new Set<() => void>()

  add(arrival: Arrival): void {
    this.arrivals.push(arrival)
    for (const watch of [...this.#watchers]) watch()
  }

  /** Resolves with all arrivals as soon as they satisfy the predicate; in vain, it says what had arrived. */
  until(predicate: (arrivals: Arrival[]) => boolean, patience = 20_000): Promise<Arrival[]> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer)
        this.#watchers.delete(watch)
        end()
      }
      const watch = () => {
        try {
          if (predicate(this.arrivals)) settle(() => resolve([...this.arrivals]))
        } catch (error) {
          settle(() => reject(error))
        }
      }
      const timer = setTimeout(() => settle(() => reject(new Error(this.#vain(predicate, patience)))), patience)
      this.#watchers.add(watch)
      watch()
    })
  }

  #vain(predicate: unknown, patience: number): string {
    const seen = this.arrivals.map(oneLine).join('\n')
    return `expected beacons with ${predicate} within ${patience} ms; ${this.arrivals.length} had arrived\n${seen}`
  }
}

export function toArrival(request: IncomingMessage, body: Buffer, answer: Answer): Arrival {
  const encoding = new URL(request.url ?? '', 'http://inbox').searchParams.get('encoding') ?? ''
  const text = (encoding === 'gzip' ? gunzipSync(body) : body).toString()
  const mode = request.headers['sec-fetch-mode']
  return {
    payload: parse(text) as Payload,
    text,
    bytes: body.length,
    at: performance.now(),
    path: request.url ?? '',
    contentType: request.headers['content-type'] ?? '',
    contentEncoding: encoding,
    headers: request.headers,
    way: mode === undefined ? 'unknown' : mode === 'no-cors' ? 'sendBeacon' : 'fetch',
    answer,
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `2 hidden /cart longTasks,marks metrics:lcp,cls sendBeacon 812 B 204` */
function oneLine({ payload, text, way, bytes, answer }: Arrival): string {
  const outcome = typeof answer === 'string' ? answer : (answer.status ?? 204)
  if (!payload?.beacon) return `? ${text.slice(0, 100)} ${way} ${bytes} B ${outcome}`
  const { beacon, view, metrics = {} } = payload
  const lists = Object.entries(view).filter(([, value]) => typeof value === 'object')
  const news = `${lists.map(([key]) => key)} metrics:${Object.keys(metrics)}`
  return `${beacon.seq} ${beacon.reason} ${view.id} ${news} ${way} ${bytes} B ${outcome}`
}
