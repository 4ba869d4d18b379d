import { appendFile, type FileHandle } from 'node:fs/promises'

/**
 * Makes the last line of an NDJSON file whole again after a crash, and returns how many bytes were torn. A line that
 * lacks only its end gets it; what is no JSON is moved to the file `aside`.
 */
export async function repairTornLine(file: FileHandle, aside: string): Promise<number> {
  const { size } = await file.stat()
  const start = await lastLineStart(file, size)
  if (start === size) return 0

  const tail = Buffer.alloc(size - start)
  await file.read(tail, 0, tail.length, start)
  if (isJson(tail.toString())) {
    await file.appendFile('\n')
    return 0
  }
  await appendFile(aside, Buffer.concat([tail, Buffer.from('\n')]))
  await file.truncate(start)
  return tail.length
}

/** Where the text after the last `\n` starts, looked for from the end. */
async function lastLineStart(file: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(1 << 16)
  for (let end = size; end > 0; ) {
    const from = Math.max(0, end - block.length)
    await file.read(block, 0, end - from, from)
    const found = block.subarray(0, end - from).lastIndexOf('\n')
    if (found >= 0) return from + found + 1
    end = from
  }
  return 0
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
