import { createReadStream } from 'node:fs'

/** Where a line lies in its file, in bytes; its `\n` is not counted. */
export interface Place {
  offset: number
  length: number
}

/**
 * The lines of a file with their places, however large it is; none if there is no such file. They end at `\n` only:
 * `node:readline` also breaks at U+2028, which JSON allows inside a string.
 */
export async function* readLines(file: string): AsyncGenerator<{ text: string; place: Place }> {
  let rest: Buffer[] = []
  let offset = 0
  const take = (end: Buffer) => {
    const line = rest.length ? Buffer.concat([...rest, end]) : end
    const place = { offset, length: line.length }
    rest = []
    offset += line.length + 1
    return { text: line.toString(), place }
  }
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        yield take(chunk.subarray(start, end))
        start = end + 1
      }
      if (start < chunk.length) rest.push(chunk.subarray(start))
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (rest.length) yield take(Buffer.alloc(0))
}
