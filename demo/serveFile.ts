import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { contentTypes } from './contentTypes.ts'
import type { Exchange } from './dispatch.ts'
import { etagOf, notModified } from './etag.ts'
import { Refusal } from './refusal.ts'

/** Answers with a file of a folder, and with nothing outside it. */
export async function serveFile(exchange: Exchange, root: string, path: string): Promise<void> {
  const file = within(root, path)
  const type = contentTypes[extname(file)]
  if (!type) throw missing(path)
  const content = await readFile(file).catch(() => {
    throw missing(path)
  })
  send(exchange, 200, type, content)
}

/** Answers with a content that the browser may keep, but has to ask for every time. */
export function send(exchange: Exchange, status: number, type: string, content: Buffer): void {
  const { response } = exchange
  response.setHeader('cache-control', response.getHeader('cache-control') ?? 'no-cache')
  if (status === 200 && notModified(exchange, etagOf(content))) return
  response
    .writeHead(status, {
      'content-type': type,
      'content-length': content.length,
      'x-content-type-options': 'nosniff',
      'timing-allow-origin': '*',
    })
    .end(content)
}

function within(root: string, path: string): string {
  const file = resolve(root, `.${sep}${decode(path)}`)
  if (!file.startsWith(resolve(root) + sep) || file.includes('\0')) throw missing(path)
  return file
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new Refusal(400, `${path} is not a path: its percent signs are wrong`)
  }
}

function missing(path: string): Refusal {
  return new Refusal(404, `There is no file ${path}`)
}
