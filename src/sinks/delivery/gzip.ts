import type { Observable } from 'rxjs'
import { Blob, CompressionStream, Response } from '../../page/natives.ts'
import { promised } from '../../page/promised.ts'

/** Bodies from this size on are worth to be compressed, bytes. */
export const large = 2000

/** The body, compressed by the browser, which takes a moment. */
export const compressed = (body: string): Observable<Blob> =>
  promised(() => new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).blob())

/** Where a compressed body goes: the query says so, since a `content-encoding` header would cost a CORS preflight. */
export const compressedUrl = (endpoint: string): string => {
  const url = endpoint.replace(/#.*/, '')
  return `${url}${url.includes('?') ? '&' : '?'}encoding=gzip`
}
