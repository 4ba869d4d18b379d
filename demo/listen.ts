import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Opens a port and returns the address to type into a browser; names the port that can't be had, and what to do. */
export async function listen(app: FastifyInstance, port: number, host: string): Promise<string> {
  await app.listen({ port, host }).catch((error: NodeJS.ErrnoException) => {
    throw new Error(explain(error, port, host))
  })
  const { port: opened } = app.server.address() as AddressInfo
  return `http://${nameOf(host)}:${opened}`
}

function explain({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  const other = 'Choose another one: npm start -- --port 8081'
  if (code === 'EADDRINUSE') return `Port ${port} on ${host} is taken by another program. ${other}`
  if (code === 'EACCES') return `Port ${port} on ${host} is not allowed to this user. ${other}`
  return `Can't listen on port ${port} of ${host}: ${message}`
}

/** Every interface includes this machine; an IPv6 address wants brackets. */
function nameOf(host: string): string {
  if (['0.0.0.0', '::'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
