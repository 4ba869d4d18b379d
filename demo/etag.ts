import { createHash } from 'node:crypto'
import type { Exchange } from './dispatch.ts'

/** A weak tag: it names the content, whatever the coding that it travels in. */
export function etagOf(content: Buffer): string {
  return `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
}

/** Sets the tag, and answers 304 if the browser has this content already. */
export function notModified({ request, response }: Exchange, etag: string): boolean {
  response.setHeader('etag', etag)
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!known?.some((tag) => tag === '*' || tag === etag.slice(2))) return false
  response.writeHead(304).end()
  return true
}
