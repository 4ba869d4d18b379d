import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../refusal.ts'
import type { Reader } from '../store/reader.ts'
import { inspectorPage } from './inspectorPage.ts'
import { Streams, stream } from './stream.ts'

const number = { type: 'string', pattern: '^[0-9]{1,15}$' }
const params = { type: 'object', properties: { n: number } }
const slices = { params, querystring: { type: 'object', properties: { from: number, to: number } } }
const after = {
  params,
  querystring: { type: 'object', properties: { after: { ...number, pattern: '^-1$|^[0-9]{1,15}$' } } },
}
const id = { type: 'string', minLength: 1, maxLength: 100 }
const finds = { querystring: { type: 'object', required: ['beacon'], properties: { beacon: id } } }

interface Asked {
  Params: { n: string }
  Querystring: { from?: string; to?: string; after?: string; beacon?: string }
}

/** The inspector, and what it asks for: lists in slices, the beacons of one view, and a stream of what comes. */
export function inspectorRoutes(reader: Reader) {
  return async (app: FastifyInstance): Promise<void> => {
    const answers =
      (find: (request: FastifyRequest<Asked>) => Promise<unknown>) =>
      async (request: FastifyRequest<Asked>, reply: FastifyReply) => {
        const found = await find(request)
        if (found === undefined) throw new Refusal(404, `There is nothing at ${request.url}`)
        reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' })
        // as it stands, since Fastify would look for a schema to write it by
        return reply
          .type('application/json; charset=utf-8')
          .send(typeof found === 'string' ? found : JSON.stringify(found))
      }
    const api = '/inspector/api'
    const streams = new Streams()
    app.addHook('preClose', async () => streams.end())
    app.get(`${api}/stream`, stream({ reader, streams }))
    app.get<Asked>(
      `${api}/sessions`,
      { schema: slices },
      answers(({ query }) => reader.ask('sessions', slice(query))),
    )
    app.get<Asked>(
      `${api}/sessions/:n/views`,
      { schema: slices },
      answers(({ query, params }) => reader.ask('viewsOf', { session: Number(params.n), ...slice(query) })),
    )
    app.get<Asked>(
      `${api}/views/:n`,
      { schema: { params } },
      answers(({ params }) => reader.ask('view', Number(params.n))),
    )
    app.get<Asked>(
      `${api}/views/:n/beacons`,
      { schema: after },
      answers(async ({ params, query }) => {
        const found = await reader.ask('beacons', { view: Number(params.n), after: Number(query.after ?? -1) })
        if (!found) return undefined
        const { beacons, ...rest } = found
        return `${JSON.stringify(rest).slice(0, -1)},"beacons":${beacons}}`
      }),
    )
    app.get<Asked>(
      `${api}/find`,
      { schema: finds },
      answers(({ query }) => reader.ask('find', query.beacon ?? '')),
    )
    app.get<Asked>(
      `${api}/pages`,
      { schema: slices },
      answers(({ query }) => reader.ask('pages', slice(query))),
    )
    await inspectorPage(app)
  }
}

/** `?from=0&to=100`, at most 500 at a time. */
function slice({ from = '0', to }: Asked['Querystring']) {
  const first = Number(from)
  return { from: first, to: Math.min(Number(to ?? first + 100), first + 500) }
}
