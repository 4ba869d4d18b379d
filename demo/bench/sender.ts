import { connect } from 'node:net'

export interface Sent {
  /** Beacons a second. */
  rate: number
  /** ms from the first byte of a beacon to its answer. */
  latencies: number[]
  refused: number
}

/**
 * Sends bodies, to the receiver unless told otherwise, over some connections, each one beacon after the other, at most `rate` a second. It speaks just as much
 * HTTP as it needs: a client that takes as long as the receiver would measure itself.
 */
export async function send(
  port: number,
  bodies: Iterator<string>,
  connections: number,
  rate = Infinity,
  { path, type, status } = { path: '/rum', type: 'text/plain', status: '204' },
): Promise<Sent> {
  const latencies: number[] = []
  let refused = 0
  const start = performance.now()
  let next = start
  const turn = async () => {
    next = Math.max(next, performance.now() - 1000) + 1000 / rate
    const wait = next - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
  }
  const one = async () => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    for (let body = bodies.next(); !body.done; body = bodies.next()) {
      if (rate < Infinity) await turn()
      const before = performance.now()
      const answer = await new Promise<Buffer>((resolve, reject) => {
        socket.once('data', resolve).once('error', reject)
        socket.write(
          `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body.value)}\r\n\r\n${body.value}`,
        )
      })
      socket.removeAllListeners('error')
      latencies.push(performance.now() - before)
      if (!answer.toString('latin1', 0, 12).endsWith(status)) refused++
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, one))
  return { rate: (latencies.length * 1000) / (performance.now() - start), latencies, refused }
}
