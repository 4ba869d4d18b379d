import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../demo/listen.ts'
import { openDemo } from '../../demo/openDemo.ts'

const dist = new URL('../../dist/', import.meta.url).pathname

/** The demo's shop, whose pages get `crum.otlp.js` in place of the script. Its own receiver counts what it gets. */
export const openShop = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crum-shop-'))
  const { store, listener } = await openDemo({ store: join(folder, 'beacons.ndjson'), dist })
  const script = await readFile(join(dist, 'crum.otlp.js'))
  let posted = 0
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url?.startsWith('/rum')) posted++
    if (request.method === 'GET' && request.url === '/rum') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    } else listener(request, response)
  })
  const origin = await listen(server, 0, '127.0.0.1')
  return {
    origin,
    posted: () => posted,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
