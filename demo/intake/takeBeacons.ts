import cors from '@fastify/cors'
import type { ValidateFunction } from 'ajv'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Payload } from '../../src/payload/payload.ts'
import { Refusal } from '../refusal.ts'
import type { Outcome, StoredBeacon } from '../store/storedBeacon.ts'
import { notABeacon, parsePayload } from './checkPayload.ts'
import type { PayloadSchema } from './payloadSchema.ts'
import { encodingOf, unpack } from './unpack.ts'

export interface IntakeOptions {
  schema: PayloadSchema
  /** Says whether a value is as the schema wants it; made from the schema unless given. */
  check?: ValidateFunction | undefined
  append(beacon: StoredBeacon & { text: string }): Promise<Outcome>
  /** Told of each beacon that was taken, and of each refusal. */
  taken?: (beacon: StoredBeacon, outcome: Outcome) => void
  refused?: (status: number, reason: string) => void
}

/** What the parser keeps beside the payload. */
interface Wire {
  text: string
  bytes: number
  encoding: string
}

/** `POST /rum`: 204 once the beacon is in the store, also for one that was there already. Open to every origin. */
export async function takeBeacons(app: FastifyInstance, { schema, check, append, taken, refused }: IntakeOptions) {
  const limit = schema['x-bytes']
  // the origin is echoed and credentials are allowed because `sendBeacon` always sends them, and `*` would not do then
  await app.register(cors, {
    origin: (origin, answer) => answer(null, origin ?? '*'),
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
    allowedHeaders: ['content-type', 'content-encoding'],
    exposedHeaders: ['accept-encoding', 'retry-after'],
    maxAge: 7200,
  })
  app.decorateRequest('wire')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: limit }, (request, body, done) => {
    try {
      requireType(request.headers['content-type'])
      const { encoding: query } = request.query as Record<string, unknown>
      const encoding = encodingOf(query, request.headers['content-encoding'])
      const text = unpack(body as Buffer, encoding, limit)
      ;(request as unknown as { wire: Wire }).wire = { text, bytes: body.length, encoding }
      done(null, parsePayload(text, schema['x-depth']))
    } catch (error) {
      done(error as Error)
    }
  })
  if (check) app.setValidatorCompiler(() => check)
  app.setSchemaErrorFormatter((errors) => notABeacon(errors as Parameters<typeof notABeacon>[0]))
  app.addHook('onError', async (_request, _reply, error) => {
    refused?.(error.statusCode ?? 500, error.message)
  })
  app.post('/rum', { schema: { body: schema } }, async (request: FastifyRequest<{ Body: Payload }>, reply) => {
    const { wire } = request as unknown as { wire: Wire }
    const beacon = { receivedAt: Date.now(), ...wire, payload: request.body }
    const outcome = await append(beacon).catch((error: Error) => {
      throw new Refusal(503, `The beacon could not be stored: ${error.message}`, { 'retry-after': '5' })
    })
    taken?.(beacon, outcome)
    // RFC 7694: how a receiver says that it takes gzip
    return reply.code(204).header('accept-encoding', 'gzip').send()
  })
}

/** Passes JSON in UTF-8, under its own type or as text, which needs no preflight. */
function requireType(given = ''): void {
  const [type = '', ...parameters] = given.toLowerCase().split(';')
  const charsets = parameters.map((each) => each.split('=')).filter(([name]) => name?.trim() === 'charset')
  const charset = charsets[0]?.[1]?.trim().replaceAll('"', '') ?? 'utf-8'
  if (['text/plain', 'application/json'].includes(type.trim()) && ['utf-8', 'utf8'].includes(charset)) return
  throw new Refusal(
    415,
    `content-type is text/plain or application/json, in UTF-8; got ${given.slice(0, 100) || 'none'}`,
  )
}
