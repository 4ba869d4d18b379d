import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Proxy {
  /** `127.0.0.1:port` */
  address: string
  close(): void
}

/** An HTTP proxy for which every host is this machine: `http://shop.test:8080/` is insecure, and answered by port 8080. */
export async function proxy(): Promise<Proxy> {
  const server = createServer((asked, answer) => {
    const { port, pathname, search } = new URL(asked.url ?? '', 'http://nowhere')
    const { method, headers } = asked
    const onward = request({ host: '127.0.0.1', port, method, path: pathname + search, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers)
      got.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    answer.on('error', () => onward.destroy())
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
