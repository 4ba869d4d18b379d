import { asyncScheduler } from 'rxjs'
import { TextEncoder } from '../../page/natives.ts'
import { identityFields } from '../../payload/identity.ts'
import type { Beacon, Payload } from '../../payload/payload.ts'
import { parse, stringify } from '../../payload/stringify.ts'
import { tryOr } from '../../payload/tryOr.ts'

/** A payload as it travels: its JSON, and what the way needs to know of it. Also what the outbox stores. */
export interface Envelope extends Pick<Beacon, 'id' | 'seq' | 'reason'> {
  body: string
  /** Size of the body. */
  bytes: number
  /** When it was put together, epoch ms. */
  time: number
  /** Where it is to go: several collectors of an origin share one outbox. */
  endpoint: string
  /** Too many are stored, and this is one of the oldest. */
  isExcess?: boolean
}

/** Bytes of a text in UTF-8. Most texts are ASCII, of which each character is one. */
export const bytesOf = (text: string): number =>
  /[^\0-\x7f]/.test(text) ? new TextEncoder().encode(text).length : text.length

/**
 * Writes a payload as the JSON in which it travels, and notes its size, the time, and where it is to go. Its id is that of
 * the beacon with the `mark` of its way behind it.
 */
export const envelope = (payload: Payload, endpoint: string, mark = ''): Envelope => {
  const { id, seq, reason } = payload.beacon
  const body = stringify(payload)
  return { id: id + mark, seq, reason, body, bytes: bytesOf(body), time: asyncScheduler.now(), endpoint }
}

/** What a delivery tells of it. */
export const report = ({ id, seq, reason, bytes }: Envelope) => ({ id, seq, reason, bytes })

/** What a delivery tells of one that is dropped. What it was to tell of others, of which nobody else hears now, is `dropped`. */
export const loss = (envelope: Envelope) => {
  const dropped = tryOr((): Beacon['dropped'] => parse(envelope.body).beacon.dropped, undefined)
  return { ...report(envelope), type: 'drop' as const, ...(dropped && { dropped }) }
}

/** Bytes of a body; browsers take no `keepalive` request beyond 64 KiB. */
export const mostBytes = 60_000

/** Halves of what takes more than 60,000 `bytes`, of its own body or of another form of it; empty for what fits, or can't be halved. */
export const split = (envelope: Envelope, bytes = envelope.bytes): Envelope[] =>
  bytes > mostBytes ? halves(envelope) : []

/** Milliseconds since it was put together; negative where the clock was set back. */
export const age = ({ time }: Envelope): number => asyncScheduler.now() - time

/** There was no such client before, epoch ms: a computer may begin with an older time, until the network tells it. */
const born = 17e11

/** What was left behind for a week is of no use to anybody. Whose clock was not set yet may have any age. */
export const isStale = (envelope: Envelope): boolean => age(envelope) > 6048e5 && envelope.time > born

/**
 * Two envelopes with half of all items of lists, for a receiver that takes no larger ones; what is no list goes with the
 * first. That one keeps its `id`, the second gets one of its own, under the same `seq`: it tells where it was cut, so that
 * it is another one when the first is halved again, and the same when the next page halves it. Empty where there is
 * nothing to halve.
 */
export const halves = ({ id, body, endpoint }: Envelope): Envelope[] => {
  const { view, beacon, metrics, audits, ...rest }: Payload = parse(body)
  const items: [list: string, item: unknown][] = []
  const first: Record<string, unknown> = {}
  const second: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(view)) {
    if (Array.isArray(value)) items.push(...value.map((item): [string, unknown] => [name, item]))
    else if (identityFields.includes(name)) first[name] = second[name] = value
    else first[name] = value
  }
  const cut = items.length >> 1
  items.forEach(([list, item], at) => {
    const view = at < cut ? first : second
    view[list] ??= []
    ;(view[list] as unknown[]).push(item)
  })
  return cut
    ? [
        { ...rest, view: first, metrics, audits, beacon },
        { ...rest, view: second, beacon: { ...beacon, id: `${beacon.id}.${cut}`, dropped: undefined } },
      ].map((half) => envelope(half as unknown as Payload, endpoint, id.slice(beacon.id.length)))
    : []
}
