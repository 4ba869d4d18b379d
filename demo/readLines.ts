import { createReadStream } from 'node:fs'

/**
 * The lines of a file, however large it is; none if there is no such file. They end at `\n` only: `node:readline` also
 * breaks at U+2028, which JSON allows inside a string.
 */
export async function* readLines(file: string): AsyncGenerator<string> {
  let rest = ''
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  if (rest) yield rest
}
