import { open } from 'node:fs/promises'
import type { Place } from '../readLines.ts'

/** The lines at these places of a file, as they are; places that lie close together are read in one go. */
export async function readPlaces(file: string, places: Place[]): Promise<string[]> {
  const handle = await open(file, 'r')
  try {
    const lines: string[] = []
    for (const run of runs(places)) {
      const [first, last] = [run[0] as Place, run.at(-1) as Place]
      const block = Buffer.alloc(last.offset + last.length - first.offset)
      await handle.read(block, 0, block.length, first.offset)
      for (const { offset, length } of run) {
        lines.push(block.toString('utf8', offset - first.offset, offset - first.offset + length))
      }
    }
    return lines
  } finally {
    await handle.close()
  }
}

/** Neighbours, as long as little of others lies between. */
function runs(places: Place[]): Place[][] {
  const found: Place[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const place of places) {
    const gap = place.offset - end
    if (gap >= 0 && gap <= bridged) found.at(-1)?.push(place)
    else found.push([place])
    end = place.offset + place.length
  }
  return found
}

/** Reading this much for nothing is cheaper than another read. */
const bridged = 16_384
