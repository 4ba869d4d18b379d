import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export interface Proxy {
  /** `127.0.0.1:port` */
  address: string
  close(): void
}

/**
 * A proxy for which every host is this machine: `http://shop.test:8080/` is insecure, and answered by port 8080. A host with
 * the usual port of its scheme tells its own in its name: `https://p8443.test/` is answered by port 8443.
 */
export async function proxy(): Promise<Proxy> {
  const server = createServer((asked, answer) => {
    const { method, headers, url = '' } = asked
    const { host, pathname, search } = new URL(url, 'http://nowhere')
    const onward = request(
      { host: '127.0.0.1', port: portOf(host), method, path: pathname + search, headers },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers)
        got.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    answer.on('error', () => onward.destroy())
    asked.pipe(onward)
  })
  server.on('connect', ({ url = '' }, socket, head) => {
    const onward = connect(portOf(url), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    socket.on('close', () => onward.destroy())
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

/** Of `shop.test:8080`, `p8443.test` and `p8443.test:443`. */
const portOf = (host: string) => Number(/^p(\d+)\.test/.exec(host)?.[1] ?? /:(\d+)$/.exec(host)?.[1] ?? 80)
