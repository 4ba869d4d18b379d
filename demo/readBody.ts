import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { Refusal } from './refusal.ts'

/** A body as text, and how it came: its coding, and how many bytes it had on the wire. */
export interface Body {
  text: string
  bytes: number
  encoding: string
}

/** Undoes a content coding. None goes on past `maxOutputLength`, so a small bomb stays small. */
const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  identity: async (body) => body,
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
}

/**
 * Reads a body of at most `limit` bytes, on the wire and decompressed alike. Its coding stands in the query
 * (`?encoding=gzip`, as the client sends it, for which no browser asks first) or in the `content-encoding` header.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  const { searchParams } = new URL(request.url ?? '/', 'http://receiver')
  const given = searchParams.get('encoding') ?? request.headers['content-encoding'] ?? ''
  const encoding = given.trim().toLowerCase() || 'identity'
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
  if (!decode) {
    // RFC 7694: a refused coding is answered with the codings that are taken
    throw new Refusal(415, `the encoding of a body is gzip, br or none; got ${encoding}`, {
      'accept-encoding': 'gzip, br',
    })
  }
  const wire = await readWire(request, limit)
  const decoded = await decode(wire, { maxOutputLength: limit }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit, 'decompressed')
    throw new Refusal(400, `The body is not ${encoding}: ${error.message}`)
  })
  return { text: readUtf8(decoded), bytes: wire.length, encoding }
}

async function readWire(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length']) > limit) throw tooLarge(limit, 'on the wire')
  const chunks: Buffer[] = []
  let bytes = 0
  // destroyOnReturn would close the socket before the refusal is written to it
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length
    if (bytes > limit) break
    chunks.push(chunk)
  }
  if (bytes <= limit) return Buffer.concat(chunks)
  // reads and forgets the rest, so that the connection stays of use
  request.resume()
  throw tooLarge(limit, 'on the wire')
}

function readUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new Refusal(400, 'The body is not UTF-8')
  }
}

function tooLarge(limit: number, where: string): Refusal {
  return new Refusal(413, `A beacon has at most ${limit} bytes ${where}; this one has more`)
}
