import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Refusal } from '../refusal.ts'
import { tooLarge } from './checkPayload.ts'

/** Undoes a content coding. None goes on past `maxOutputLength`, so a small bomb stays small, and quick. */
const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer> = {
  identity: (body) => body,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  br: brotliDecompressSync,
}

/** The coding that a query or a header names; refuses one that is not taken. */
export function encodingOf(query: unknown, header: string | undefined): string {
  const given = typeof query === 'string' ? query : (header ?? '')
  const encoding = given.trim().toLowerCase() || 'identity'
  if (Object.hasOwn(decoders, encoding)) return encoding
  // RFC 7694: a refused coding is answered with the codings that are taken
  throw new Refusal(415, `the encoding of a body is gzip, br or none; got ${encoding.slice(0, 60)}`, {
    'accept-encoding': 'gzip, br',
  })
}

/** A body as text of at most `limit` bytes. */
export function unpack(body: Buffer, encoding: string, limit: number): string {
  return readUtf8(decoded(body, encoding, limit))
}

function decoded(body: Buffer, encoding: string, limit: number): Buffer {
  try {
    return (decoders[encoding] as (typeof decoders)[string])(body, { maxOutputLength: limit })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit)
    throw new Refusal(400, `The body is not ${encoding}: ${(error as Error).message}`)
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function readUtf8(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new Refusal(400, 'The body is not UTF-8')
  }
}
