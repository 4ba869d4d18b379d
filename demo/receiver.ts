import { dirname, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type GuardOptions, guard } from './guard/guard.ts'
import { inspectorRoutes } from './inspector/inspectorRoutes.ts'
import { ajvOptions } from './intake/payloadSchema.ts'
import { type IntakeOptions, takeBeacons } from './intake/takeBeacons.ts'
import { demo } from './places.ts'
import { policy } from './policy.ts'
import { Refusal } from './refusal.ts'
import { serveScript } from './serveScript.ts'
import { missingPage, shopPages } from './shopPages.ts'
import type { Reader } from './store/reader.ts'

export interface ReceiverOptions extends IntakeOptions {
  /** The built script, `dist/crum.js`; its source map and the licences lie beside it. */
  script: string
  /** What answers the inspector's questions. */
  reader: Reader
  /** Who may see what is stored. */
  access: GuardOptions
  /** Why beacons can't be stored at the moment, if they can't. */
  problem?: () => string | undefined
  /** Takes a line for each failure of the receiver itself. */
  log?: (line: string) => void
}

const shop = join(demo, 'shop')
const split = join(demo, 'split')

/**
 * The demo's server: the script and its receiver at `/rum`, a shop to collect from on the same origin, the inspector, and
 * at `/` shop and inspector side by side.
 */
export async function createReceiver(options: ReceiverOptions): Promise<FastifyInstance> {
  const { script, reader, access, problem, log = () => {}, ...intake } = options
  const app = fastify({
    ajv: { customOptions: ajvOptions as never },
    // a body has half a minute to come
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 300 },
    // a path whose percent signs are wrong
    frameworkErrors: (error, _request, reply) => refuse(error, reply as FastifyReply, log),
  })
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
  })
  app.setErrorHandler<FastifyError>((error, _request, reply) => refuse(error, reply, log))
  app.setNotFoundHandler(missing)
  await app.register(fastifyStatic, {
    root: shop,
    serve: false,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.headers({ 'cache-control': reply.getHeader('cache-control') ?? 'no-cache', 'timing-allow-origin': '*' })
    },
  })

  await app.register(async (scope) => takeBeacons(scope, intake))
  app.get('/rum', serveScript(script, 'text/javascript'))
  // beside the script: what it fetches for DevTools, and what DevTools fetch
  const beside = { '.debug.js': 'text/javascript', '.debug.js.map': 'application/json', '.js.map': 'application/json' }
  for (const [end, type] of [...Object.entries(beside), ['.licenses.md', 'text/markdown'] as const]) {
    app.get(`/crum${end}`, serveScript(join(dirname(script), `crum${end}`), type))
  }
  app.get('/health', async (_request, reply) => {
    const failing = problem?.()
    return failing ? reply.code(503).send({ status: 'failing', problem: failing }) : { status: 'ok' }
  })
  await app.register(async (scope) => {
    scope.addHook('onRequest', guard(access))
    await scope.register(inspectorRoutes(reader))
    // only pages of this receiver in its frames, and none around it
    const framing = policy("frame-src 'self'", "frame-ancestors 'none'")
    for (const [path, file] of [
      ['/', 'split.html'],
      ['/split.css', 'split.css'],
      ['/split.js', 'split.js'],
    ] as const) {
      scope.get(path, async (_request, reply) => {
        reply.header('content-security-policy', framing)
        return reply.sendFile(file, split)
      })
    }
  })
  await app.register(shopPages(shop))
  return app
}

/** Says what was wrong in a line; what is the receiver's own fault is for its log. */
function refuse(error: FastifyError | Refusal, reply: FastifyReply, log: (line: string) => void): FastifyReply {
  const status = error.statusCode ?? 500
  if (status >= 500 && !(error instanceof Refusal))
    log(`${reply.request.method} ${reply.request.url} failed: ${error.stack}`)
  const isOwn = status < 500 || error instanceof Refusal
  if (error instanceof Refusal) reply.headers(error.headers)
  return reply
    .code(status)
    .type('text/plain; charset=utf-8')
    .send(`${isOwn ? error.message : 'The receiver failed; its output says why'}\n`)
}

/** Every path takes `GET`; where it takes more, a method that is none of these is told so. */
function missing(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (request.method === 'GET' || request.method === 'HEAD') return missingPage(request, reply, shop)
  const [path = '/'] = request.url.split('?')
  const allow = ['GET', 'HEAD', ...({ '/rum': ['POST', 'OPTIONS'], '/shop/thanks': ['POST'] }[path] ?? [])].join(', ')
  throw new Refusal(405, `${path.slice(0, 200)} takes ${allow}; got ${request.method}`, { allow })
}
