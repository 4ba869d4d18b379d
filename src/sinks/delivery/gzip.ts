import type { Observable } from 'rxjs'
import { CompressionStream, Response, TextEncoder } from '../../page/natives.ts'
import { promised } from '../../rx/promised.ts'
import type { Notes } from '../sink.ts'
import type { Envelope } from './envelope.ts'

/** Bodies from this size on are worth to be compressed, bytes. */
export const worthZipping = 2000

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

/** The note of a visitor's pages that an endpoint takes gzip. */
const name = 'gzip'

/**
 * Who takes gzip: the endpoint whose last answer said so, for any envelope but those that it, or what stands before it, has
 * refused as gzip. Where in doubt nobody does: a body that goes as it is arrives in any case.
 */
export const gzipNote = (notes: Notes) => {
  const refusedAsGzip = new WeakSet<Envelope>()
  const isNoted = (endpoint: string) => notes.recall(name) === endpoint
  return {
    takesGzip: (envelope: Envelope): boolean => isNoted(envelope.endpoint) && !refusedAsGzip.has(envelope),
    /** An answer of the endpoint has said whether it takes gzip. */
    remember: (endpoint: string, takesIt: boolean): void => {
      if (takesIt) notes.remember(name, endpoint)
      else if (isNoted(endpoint)) notes.remember(name, '')
    },
    /** This one is not compressed again. */
    refused: (envelope: Envelope): void => void refusedAsGzip.add(envelope),
  }
}
