import { crc32, deflateSync } from 'node:zlib'

/** A PNG of noise in one colour: what a browser has to load and decode, and counts as content. */
export function picture(width: number, height: number, seed: number): Buffer {
  const random = noise(seed)
  const colour = [random(), random(), random()]
  const row = () => [0, ...Array.from({ length: width * 3 }, (_, i) => ((colour[i % 3] ?? 0) + random() / 64) % 256)]
  const pixels = Buffer.concat(Array.from({ length: height }, () => Buffer.from(row())))
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  // eight bits a channel, true colour
  const header = chunk('IHDR', Buffer.concat([size, Buffer.from([8, 2, 0, 0, 0])]))
  return Buffer.concat([signature, header, chunk('IDAT', deflateSync(pixels)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Numbers from 0 to 255 that are the same in every run. */
function noise(seed: number): () => number {
  let state = seed * 2 + 1
  return () => {
    state = Math.imul(state, 48_271) >>> 0
    return (state >>> 8) & 255
  }
}
