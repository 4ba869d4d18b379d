import type { Observable } from 'rxjs'
import { CompressionStream, Response, TextEncoder } from '../../page/natives.ts'
import { promised } from '../../page/promised.ts'

/** Bodies from this size on are worth to be compressed, bytes. */
export const large = 2000

/**
 * The body, compressed by the browser, which takes a moment. (A writer costs the main thread two thirds of what a `Blob` does whose
 * stream is piped through.)
 */
export const compressed = (body: string): Observable<ArrayBuffer> =>
  promised(async () => {
    const { readable, writable } = new CompressionStream('gzip')
    const writer = writable.getWriter()
    const zip = new Response(readable).arrayBuffer()
    // nothing waits for the writer alone, or it would wait for a reader
    return (await Promise.all([zip, writer.write(new TextEncoder().encode(body)), writer.close()]))[0]
  })

/** Where a compressed body goes: the query says so, since a `content-encoding` header would cost a CORS preflight. */
export const compressedUrl = (endpoint: string): string => {
  const url = endpoint.replace(/#.*/, '')
  return `${url}${url.includes('?') ? '&' : '?'}encoding=gzip`
}
