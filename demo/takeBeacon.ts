import type { IncomingMessage } from 'node:http'
import type { Payload } from '../src/payload/payload.ts'
import type { BeaconStore } from './beaconStore.ts'
import { allowOrigin } from './cors.ts'
import type { Answer } from './dispatch.ts'
import { printBeacon, printRefusal } from './printBeacon.ts'
import { readBody } from './readBody.ts'
import { Refusal } from './refusal.ts'

export interface BeaconIntake {
  check: (text: string) => Payload
  store: BeaconStore
  log: (line: string) => void
  /** Whether the lines have colour. */
  colour: boolean
  /** Bytes that a beacon may have. */
  limit: number
}

/** Answers `POST /rum`: 204 once the beacon is in the store, also for one that is there already. */
export function takeBeacon({ check, store, log, colour, limit }: BeaconIntake): Answer {
  return async (exchange) => {
    const { request, response } = exchange
    // first: a page of another origin reads a refusal, too, and gives up what can't be delivered
    allowOrigin(exchange)
    try {
      requireType(request)
      const { text, bytes, encoding } = await readBody(request, limit)
      const beacon = { receivedAt: Date.now(), bytes, encoding, payload: check(text) }
      const outcome = await store.append(beacon).catch((error: Error) => {
        throw new Refusal(503, `The beacon could not be stored: ${error.message}`, { 'retry-after': '5' })
      })
      log(printBeacon(beacon, outcome, colour))
      // RFC 7694: how a receiver says that it takes gzip
      response.writeHead(204, { 'accept-encoding': 'gzip' }).end()
    } catch (error) {
      if (error instanceof Refusal) log(printRefusal(error, colour))
      throw error
    }
  }
}

/** Passes JSON in UTF-8, under its own type or as text, which needs no preflight. */
function requireType({ headers }: IncomingMessage): void {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)/.exec(parameter)?.[1]).find(Boolean)
  const known = ['text/plain', 'application/json'].includes(type?.trim() ?? '')
  if (known && ['utf-8', 'utf8', undefined].includes(charset)) return
  const given = headers['content-type'] ?? 'none'
  throw new Refusal(415, `content-type is text/plain or application/json, in UTF-8; got ${given}`)
}
