import { createServer } from 'node:http'
import { listen } from '../../demo/listen.ts'
import { loader } from '../../test/browser/harness/snippet.ts'
import type { Subject } from '../subjects/subject.ts'
import { type Asset, asset, pageFile } from './assets.ts'
import { openReceiver, type Receiver } from './receiver.ts'
import { shopPage } from './shopPage.ts'

/** The pages that a subject is measured on, and the receiver it sends to. */
export interface Site {
  origin: string
  receiver: Receiver
  close(): void
}

/** Opens both, on ports of their own, so that nothing of one visit is cached, stored or sent in another. */
export async function openSite(subject: Subject, settings: Record<string, unknown>): Promise<Site> {
  const receiver = await openReceiver(subject.script)
  const snippet = snippetOf(subject, receiver.origin, settings)
  const pages: Record<string, Asset> = {
    '/shop': { type: 'text/html', body: shopPage(snippet), delay: 15 },
    '/app': { type: 'text/html', body: pageFile('app.html').replace('<!-- client -->', () => snippet), delay: 15 },
  }
  const server = createServer(({ url = '' }, response) => {
    const path = url.replace(/\?.*/, '')
    const found = pages[path] ?? asset(path)
    if (!found) return response.writeHead(404).end()
    const headers = { 'content-type': found.type, 'cache-control': 'no-store' }
    setTimeout(() => response.writeHead(200, headers).end(found.body), found.delay ?? 0)
  })
  server.keepAliveTimeout = 60_000
  const origin = await listen(server, 0, '127.0.0.1')
  return {
    origin,
    receiver,
    close: () => {
      server.close()
      server.closeAllConnections()
      receiver.close()
    },
  }
}

/** The documented snippet: ours from `/rum` with its settings, peers by their name; the page alone has none. */
function snippetOf({ name, kind }: Subject, origin: string, settings: Record<string, unknown>): string {
  if (kind === 'none') return ''
  return kind === 'ours' ? loader(`${origin}/rum`, settings) : loader(`${origin}/${name}.js`)
}
