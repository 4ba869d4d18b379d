import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptedEncoding, type Encoding } from './acceptedEncoding.ts'
import { Refusal } from './refusal.ts'

interface Built {
  etag: string
  bodies: Record<Encoding, Buffer>
}

/**
 * Answers with a built file, compressed as the browser likes it, and open to every origin. It is read and compressed
 * once, and again when a build has replaced it. (`@fastify/static` would want the compressed ones as files.)
 */
export function serveScript(file: string, type: string) {
  let built: Promise<Built> | undefined
  let version: string | undefined

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const found = await versionOf(file)
    if (found !== version) {
      version = found
      built = compress(file)
      built.catch(() => {
        version = undefined
      })
    }
    const { etag, bodies } = await (built as Promise<Built>)
    reply.headers({
      vary: 'accept-encoding',
      // asked again every time: a new build is on the page with the next load
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'timing-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      etag,
    })
    if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()

    const encoding = acceptedEncoding(request.headers['accept-encoding'])
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    return reply.type(`${type}; charset=utf-8`).send(bodies[encoding])
  }
}

/** Whether the browser has this content already, in whatever coding. */
function isKnown(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return known.some((tag) => tag === '*' || tag === etag.slice(2))
}

/** A weak tag: it names the content, whatever the coding that it travels in. */
function etagOf(content: Buffer): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
}

async function versionOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => {
    throw new Refusal(500, `${file} is missing: npm run build makes it`)
  })
  return `${found.mtimeMs} ${found.size} ${found.ino}`
}

async function compress(file: string): Promise<Built> {
  const identity = await readFile(file)
  const [br, zipped] = await Promise.all([promisify(brotliCompress)(identity), promisify(gzip)(identity)])
  return { etag: etagOf(identity), bodies: { identity, br, gzip: zipped } }
}
