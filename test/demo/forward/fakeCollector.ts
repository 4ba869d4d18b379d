import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { onTestFinished } from 'vitest'
import type { LogsRequest } from '../../../src/otlp.ts'

/** What a request is answered with; the connection ends without an answer at status 0. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** A collector that answers as it is told, then with 200, and keeps what it has acknowledged. Gone after the test. */
export async function fakeCollector(answers: (Answer | ((ids: string[]) => Answer))[] = [], port = 0) {
  const requests: { ids: string[]; headers: IncomingMessage['headers']; path: string | undefined; at: number }[] = []
  const taken: string[] = []
  const server = createServer(async (request, response) => {
    const ids = idsIn(JSON.parse(`${gunzipSync(await buffer(request))}`))
    requests.push({ ids, headers: request.headers, path: request.url, at: performance.now() })
    const next = answers.shift() ?? { status: 200 }
    const { status, headers = {}, body = '{}' } = typeof next === 'function' ? next(ids) : next
    if (status === 200) taken.push(...ids)
    if (status) response.writeHead(status, headers).end(body)
    else request.socket.destroy()
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  onTestFinished(() => void (server.listening && close()))
  const { port: opened } = server.address() as AddressInfo
  return { ...{ requests, taken, answers, close, port: opened }, origin: `http://127.0.0.1:${opened}` }
}

/** Of each beacon there is one record of that name. */
const idsIn = ({ resourceLogs }: LogsRequest): string[] =>
  resourceLogs
    .flatMap(({ scopeLogs }) => scopeLogs)
    .flatMap(({ logRecords }) => logRecords)
    .filter(({ eventName }) => eventName === 'crum.beacon')
    .flatMap(({ attributes }) => attributes.filter(({ key }) => key === 'crum.beacon.id'))
    .map(({ value }) => `${value.stringValue}`)
