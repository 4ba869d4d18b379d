import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Answer, Exchange, Route } from '../dispatch.ts'
import type { Place } from '../readLines.ts'
import { Refusal } from '../refusal.ts'
import type { BeaconIndex } from './beaconIndex.ts'
import { readPlaces } from './readPlaces.ts'
import { servePage } from './servePage.ts'
import { stream } from './stream.ts'

export interface InspectorOptions {
  index: BeaconIndex
  /** The store that the index is of. */
  file: string
}

/** The inspector, and what it asks for: lists in slices, the beacons of one view, and a stream of what comes. */
export function inspectorRoutes({ index, file }: InspectorOptions): Route[] {
  const get = (path: RegExp, find: (exchange: Exchange) => unknown): Route => ({
    path,
    methods: {
      GET: async (exchange) => sendJson(exchange, JSON.stringify((await find(exchange)) ?? missing(exchange))),
    },
  })

  return [
    { path: /^\/inspector\/api\/stream$/, methods: { GET: stream({ index, run: randomUUID() }) } },
    get(/^\/inspector\/api\/sessions$/, ({ url }) => index.sessions(...slice(url))),
    get(/^\/inspector\/api\/sessions\/(?<n>\d+)\/views$/, ({ url, params }) =>
      index.viewsOf(Number(params.n), ...slice(url)),
    ),
    get(/^\/inspector\/api\/views\/(?<n>\d+)$/, ({ params }) => {
      const view = index.view(Number(params.n))
      return view && { view, session: index.session(view.session) }
    }),
    get(/^\/inspector\/api\/find$/, ({ url }) => index.viewOfBeacon(url.searchParams.get('beacon') ?? '')),
    get(/^\/inspector\/api\/pages$/, ({ url }) => ({
      total: index.pages.size,
      pages: index.pages.summaries(...slice(url)),
    })),
    { path: /^\/inspector\/api\/views\/(?<n>\d+)\/beacons$/, methods: { GET: beacons(index, file) } },
    {
      path: /^\/inspector(?:\/(?<file>assets\/.+)?)?$/,
      methods: { GET: servePage(join(import.meta.dirname, 'page'), '/inspector/') },
    },
  ]
}

/** Answers with lines of the store as they are, as many as fit into two mebibytes, and how many there are in all. */
function beacons(index: BeaconIndex, file: string): Answer {
  return async (exchange) => {
    const n = Number(exchange.params.n)
    const total = index.view(n)?.beacons ?? missing(exchange)
    const places = within(index.places(n, slice(exchange.url)[0]), 2 << 20)
    const lines = await readPlaces(file, places)
    sendJson(exchange, `{"total":${total},"beacons":[${lines.join(',')}]}`)
  }
}

/** The first ones, up to so many bytes, but at least one. */
function within(places: Place[], bytes: number): Place[] {
  let left = bytes
  const end = places.findIndex(({ length }, index) => {
    left -= length
    return left < 0 && index > 0
  })
  return end < 0 ? places : places.slice(0, end)
}

/** `?from=0&to=100`, at most 500 at a time. */
function slice({ searchParams }: URL): [from: number, to: number] {
  const from = number(searchParams, 'from', 0)
  return [from, Math.min(number(searchParams, 'to', from + 100), from + 500)]
}

function number(params: URLSearchParams, name: string, otherwise: number): number {
  const text = params.get(name) ?? `${otherwise}`
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Refusal(400, `${name} is a whole number from 0; got '${text}'`)
}

function missing({ url }: Exchange): never {
  throw new Refusal(404, `There is nothing at ${url.pathname}${url.search}`)
}

function sendJson({ response }: Exchange, text: string): void {
  response
    .writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .end(text)
}
