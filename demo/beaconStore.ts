import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Payload } from '../src/payload/payload.ts'
import { type Place, readLines } from './readLines.ts'
import { RecentIds } from './recentIds.ts'
import { repairTornLine } from './repairTornLine.ts'

/** One line of the store. Who sent it is not in it: no address, no header. */
export interface StoredBeacon {
  /** When it was received, epoch ms. */
  receivedAt: number
  /** Bytes on the wire. */
  bytes: number
  /** The content coding on the wire: `identity`, `gzip` or `br`. */
  encoding: string
  payload: Payload
}

export type Outcome = 'stored' | 'duplicate'

/** Who is told of every beacon in the store, of those that were there at the start first. */
export interface Watcher {
  /** A beacon is in the file, at this place. */
  stored(beacon: StoredBeacon, place: Place): void
  /** A beacon came, or is in the file once more, whose id was stored before. */
  duplicate(beacon: StoredBeacon): void
}

/** How many ids are remembered to drop duplicates; a resend comes within seven days (the client's outbox). */
const rememberedIds = 200_000

/**
 * An append-only NDJSON file, one beacon a line, owned by one process. A beacon whose id was stored before is dropped,
 * also after a restart, as far back as the last 200,000 ids.
 */
export class BeaconStore {
  readonly file: string
  /** Lines that were there at the start. */
  readonly count: number
  /** Lines among them that are no beacons; they stay where they are. */
  readonly unreadable: number
  /** Bytes of a last line that a crash had torn; they were moved to `<file>.torn`. */
  readonly torn: number
  readonly #handle: FileHandle
  readonly #ids: RecentIds
  readonly #watcher: Watcher | undefined
  #size: number
  #last: Promise<unknown> = Promise.resolve()

  private constructor(file: string, opened: Opened, watcher: Watcher | undefined) {
    this.file = file
    this.#watcher = watcher
    this.count = opened.count
    this.unreadable = opened.unreadable
    this.torn = opened.torn
    this.#handle = opened.handle
    this.#ids = opened.ids
    this.#size = opened.size
  }

  static async open(file: string, watcher?: Watcher): Promise<BeaconStore> {
    await mkdir(dirname(file), { recursive: true })
    const handle = await open(file, 'a+')
    const torn = await repairTornLine(handle, `${file}.torn`)
    const { size } = await handle.stat()
    return new BeaconStore(file, { handle, torn, size, ...(await readStored(file, watcher)) }, watcher)
  }

  /** Resolves when the line is written. One at a time, so that lines stay whole and twins that come together are seen. */
  append(beacon: StoredBeacon): Promise<Outcome> {
    const turn = this.#last.then(() => this.#write(beacon))
    this.#last = turn.catch(() => {})
    return turn
  }

  async close(): Promise<void> {
    await this.#last
    await this.#handle.close()
  }

  async #write(beacon: StoredBeacon): Promise<Outcome> {
    const { id } = beacon.payload.beacon
    if (this.#ids.has(id)) {
      this.#watcher?.duplicate(beacon)
      return 'duplicate'
    }
    const line = Buffer.from(`${JSON.stringify(beacon)}\n`)
    try {
      await this.#handle.appendFile(line)
    } catch (error) {
      // a full disk takes half a line: away with it, or the next one would be glued to it
      await this.#handle.truncate(this.#size).catch(() => {})
      throw error
    }
    const place = { offset: this.#size, length: line.length - 1 }
    this.#size += line.length
    this.#ids.add(id)
    this.#watcher?.stored(beacon, place)
    return 'stored'
  }
}

interface Opened {
  handle: FileHandle
  ids: RecentIds
  size: number
  count: number
  unreadable: number
  torn: number
}

async function readStored(file: string, watcher?: Watcher): Promise<Pick<Opened, 'ids' | 'count' | 'unreadable'>> {
  const ids = new RecentIds(rememberedIds)
  let count = 0
  let unreadable = 0
  for await (const { text, place } of readLines(file)) {
    count++
    const beacon = asBeacon(text)
    if (!beacon) unreadable++
    // files that were joined by hand repeat what both have
    else if (ids.has(beacon.payload.beacon.id)) watcher?.duplicate(beacon)
    else {
      ids.add(beacon.payload.beacon.id)
      watcher?.stored(beacon, place)
    }
  }
  return { ids, count, unreadable }
}

function asBeacon(text: string): StoredBeacon | undefined {
  try {
    const stored = JSON.parse(text) as StoredBeacon
    const { session, view, beacon } = stored.payload
    return [session.id, view.id, beacon.id].every((id) => typeof id === 'string') ? stored : undefined
  } catch {
    return undefined
  }
}
