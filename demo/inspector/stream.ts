import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '../store/reader.ts'
import type { Change, Hello } from './summaries.ts'

export interface StreamOptions {
  reader: Reader
  streams: Streams
  /** Changes within so many ms are told together. */
  rate?: number
  /** So many ms apart the stream says that it lives. */
  beat?: number
}

/** Streams that are open; they would keep a server from closing. */
export class Streams {
  readonly #open = new Set<ServerResponse>()

  add(response: ServerResponse): void {
    this.#open.add(response)
    response.once('close', () => this.#open.delete(response))
  }

  end(): void {
    for (const response of this.#open) response.end()
  }
}

/**
 * Answers with server-sent events: `hello` at once, `change` when beacons came, also through another process, `beat` in
 * between, so that a dead connection is told from a quiet one. A reader that is too slow is cut off, and finds its way
 * back by itself. (What Fastify's plugins for such streams have beside this is no bound for slow readers.)
 */
export function stream({ reader, streams, rate = 150, beat = 10_000 }: StreamOptions) {
  return async (_request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    const { raw: response } = reply
    streams.add(response)
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    const gone = new Promise((resolve) => response.once('close', () => resolve('gone')))
    const send = <T>(event: string, data: T) => {
      if (response.writableLength > patience) response.destroy()
      else response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
    }
    // the browser tries again this soon
    response.write('retry: 1000\n\n')
    const heart = setInterval(() => send('beat', {}), beat)
    let known: Known | undefined
    do {
      known = await tell(reader, known, send).catch(() => known)
    } while ((await Promise.race([gone, wait(rate)])) !== 'gone')
    clearInterval(heart)
  }
}

/** What was told last. */
interface Known {
  run: string
  next: number
  totals: string
}

type Send = <T>(event: string, data: T) => void

/** Tells what is new since then; of another store, that it is another one. */
async function tell(reader: Reader, known: Known | undefined, send: Send): Promise<Known> {
  const { run, ...totals } = await reader.ask('totals', undefined)
  const text = JSON.stringify(totals)
  if (run === known?.run && text === known.totals) return known
  const { next, run: _, ...change } = await reader.ask('changes', { since: known?.next ?? Number.MAX_SAFE_INTEGER })
  if (run !== known?.run) send<Hello>('hello', { totals, run })
  else {
    const before = JSON.parse(known.totals) as typeof totals
    // of what was given up, or deleted, no beacon tells
    const isPartial = change.isPartial || totals.lost !== before.lost || totals.firstSession !== before.firstSession
    send<Change>('change', { ...change, isPartial })
  }
  return { run, next, totals: JSON.stringify(change.totals) }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Bytes that wait for a reader. */
const patience = 1 << 20
