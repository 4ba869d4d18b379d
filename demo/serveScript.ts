import { readFile, stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { acceptedEncoding, type Encoding } from './acceptedEncoding.ts'
import type { Answer } from './dispatch.ts'
import { etagOf, notModified } from './etag.ts'
import { Refusal } from './refusal.ts'

interface Built {
  etag: string
  bodies: Record<Encoding, Buffer>
}

/**
 * Answers with a built file, compressed as the browser likes it, and open to every origin. It is read and compressed
 * once, and again when a build has replaced it.
 */
export function serveScript(file: string, type: string): Answer {
  let built: Promise<Built> | undefined
  let version: string | undefined

  return async (exchange) => {
    const { request, response } = exchange
    const found = await versionOf(file)
    if (found !== version) {
      version = found
      built = compress(file)
      built.catch(() => {
        version = undefined
      })
    }
    const { etag, bodies } = await (built as Promise<Built>)
    response.setHeader('vary', 'accept-encoding')
    // asked again every time: a new build is on the page with the next load
    response.setHeader('cache-control', 'no-cache')
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('timing-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    if (notModified(exchange, etag)) return

    const encoding = acceptedEncoding(request.headers['accept-encoding'])
    if (encoding !== 'identity') response.setHeader('content-encoding', encoding)
    response
      .writeHead(200, {
        'content-type': type,
        'content-length': bodies[encoding].length,
        'x-content-type-options': 'nosniff',
      })
      .end(bodies[encoding])
  }
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
