import type { ServerResponse } from 'node:http'
import type { Answer } from '../dispatch.ts'
import type { BeaconIndex } from './beaconIndex.ts'
import type { IndexedView } from './indexedView.ts'
import type { Change, Hello } from './summaries.ts'

export interface StreamOptions {
  index: BeaconIndex
  /** Tells this run of the receiver from another. */
  run: string
  /** Changes within so many ms are told together. */
  rate?: number
  /** So many ms apart the stream says that it lives. */
  beat?: number
}

/**
 * Answers with server-sent events: `hello` at once, `change` when beacons came, `beat` in between, so that a dead
 * connection is told from a quiet one. A reader that is too slow is cut off, and finds its way back by itself.
 */
export function stream({ index, run, rate = 150, beat = 10_000 }: StreamOptions): Answer {
  return ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' })
    // the browser tries again this soon
    response.write('retry: 1000\n\n')
    index.settle(Date.now())
    send<Hello>(response, 'hello', { totals: index.totals, run })

    let changed = new Set<IndexedView>()
    let latest: IndexedView | undefined
    let timer: NodeJS.Timeout | undefined
    const flush = () => {
      timer = undefined
      send(response, 'change', describe(index, changed, latest))
      changed = new Set()
    }
    const quit = index.listen((view) => {
      if (view) changed.add(view)
      latest = view ?? latest
      timer ??= setTimeout(flush, rate)
    })
    const heart = setInterval(() => {
      send(response, 'beat', {})
      index.settle(Date.now())
    }, beat)
    response.once('close', () => {
      quit()
      clearTimeout(timer)
      clearInterval(heart)
    })
  }
}

function describe(index: BeaconIndex, changed: Set<IndexedView>, latest: IndexedView | undefined): Change {
  const views = [...changed].slice(-most)
  const sessions = [...new Set(views.map(({ session }) => session))]
  return {
    totals: index.totals,
    sessions: sessions.flatMap((n) => index.session(n) ?? []),
    views: views.map(({ summary }) => summary),
    latest: latest?.n ?? -1,
    isPartial: changed.size > most,
  }
}

function send<T>(response: ServerResponse, event: string, data: T): void {
  if (response.writableLength > patience) {
    response.destroy()
    return
  }
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** Views that one message tells of. */
const most = 100

/** Bytes that wait for a reader. */
const patience = 1 << 20
