import type Database from 'libsql'
import { type Evicted, evicting, type Quota } from './evicting.ts'
import { FileWatch, moveAside } from './fileWatch.ts'
import { openDatabase } from './openDatabase.ts'
import { type Acknowledgement, type Queue, queueing } from './queueing.ts'
import { settling } from './settling.ts'
import type { Arrival, Outcome, StoredBeacon } from './storedBeacon.ts'
import { Writing } from './writing.ts'

export interface StoreOptions extends Partial<Quota> {
  /** Whether what arrives waits for a collector, until it is acknowledged. */
  forwards?: boolean
  /** Takes a line when something happens to the store that somebody should know; silent unless given. */
  log?: (line: string) => void
}

interface Waiting {
  arrival: Arrival
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

/** Beacons in one transaction, at most: so long does nobody else get a turn. */
const most = 500

/** For so long beacons wait for others to be committed with, at most, ms. */
const patience = 10

/**
 * Beacons in an SQLite file. What arrives together is committed together, and told of after the commit. A beacon whose id
 * is stored is dropped. Several processes may write to one file.
 */
export class Store {
  readonly file: string
  readonly quota: Quota
  readonly #forwards: boolean
  #open: Opened
  readonly #replaced: Opened[] = []
  #waiting: Waiting[] = []
  #isAsked = false
  #isClosed = false
  #hasEvicted = false
  #hasLost = false
  /** Why the last commit failed, if it did. */
  problem: Error | undefined
  readonly #log: (line: string) => void

  constructor(file: string, { log = () => {}, forwards = false, ...quota }: StoreOptions = {}) {
    this.file = file
    this.#forwards = forwards
    this.quota = { maxSize: quota.maxSize ?? 2 ** 30, maxAge: quota.maxAge ?? 30 * 86_400_000 }
    this.#log = log
    this.#open = opened(file, this.quota, forwards)
  }

  /** Resolves when the beacon is in the file, or was before. */
  append(beacon: StoredBeacon & { text?: string }): Promise<Outcome> {
    const arrival = { ...beacon, text: beacon.text ?? JSON.stringify(beacon.payload) }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ arrival, resolve, reject })
      this.#ask()
    })
  }

  /** Gives up what is missing before beacons that came long before `now`, epoch ms. */
  settle(now: number): void {
    while (this.#transaction(({ settle }) => settle(now)));
    this.#open.writing.forget()
  }

  /** Deletes sessions that are too old at `now`, epoch ms, some at a time, so that beacons do not wait for long. */
  async expire(now: number): Promise<void> {
    for (let deleted = 1; deleted > 0 && !this.#isClosed; ) {
      const evicted = this.#transaction(({ evict }) => evict.overAge(now))
      deleted = evicted.deleted
      if (deleted) this.#open.writing.forget()
      this.#sayLoss(evicted)
      await new Promise(setImmediate)
    }
  }

  /** Beacons that are stored. */
  get count(): number {
    const [count] = this.#open.db.prepare('SELECT beacons FROM totals').raw().get() as unknown as [number]
    return count
  }

  /** Bytes of the file that are in use. */
  get used(): number {
    return this.#open.evict.used()
  }

  /** What waits for a collector, and what it did not get; `undefined` if nothing ever was to be sent on. */
  get queue(): Queue | undefined {
    return this.#open.queue.state()
  }

  /** A collector has taken the first that waited, or has refused them for good. */
  acknowledge(acknowledgement: Acknowledgement): void {
    this.#transaction(({ queue }) => queue.acknowledge(acknowledgement))
  }

  /** Stores what waits, and closes the file. */
  close(): void {
    if (this.#isClosed) return
    while (this.#waiting.length) this.#commit()
    this.#isClosed = true
    // the file is whole without its log then
    if (this.#open.watch.state() === 'intact') this.#open.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    this.#open.db.close()
  }

  #ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    const until = performance.now() + patience
    const look = (before: number) => {
      const { length } = this.#waiting
      // as long as the sockets have more to say
      if (length > before && length < most && performance.now() < until) setImmediate(look, length)
      else {
        this.#isAsked = false
        if (length) this.#commit()
        if (this.#waiting.length) this.#ask()
      }
    }
    setImmediate(look, 0)
  }

  #commit(): void {
    const batch = this.#waiting.splice(0, most)
    try {
      const outcomes = this.#write(batch.map(({ arrival }) => arrival))
      this.problem = undefined
      batch.forEach(({ resolve }, n) => void resolve(outcomes[n] as Outcome))
    } catch (error) {
      this.problem = error as Error
      for (const { reject } of batch) reject(error)
    }
  }

  #write(arrivals: Arrival[]): Outcome[] {
    if (this.#isClosed) throw new Error('the store is closed')
    const write = () =>
      this.#transaction(({ writing, evict }) => {
        const outcomes = writing.write(arrivals)
        const evicted = evict.overSize(arrivals.length)
        if (evicted.deleted) {
          writing.forget()
          this.#sayEviction()
          this.#sayLoss(evicted)
        }
        return outcomes
      })
    try {
      if (!this.#isIntact()) this.#reopen()
      const outcomes = write()
      // a file that was taken away meanwhile has taken them with it
      if (this.#isIntact()) return outcomes
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#setAside(`is damaged (${(error as Error).message})`)
    }
    this.#reopen()
    return write()
  }

  /** Whether the file is the one that was opened; else it is said, and what can be kept is. */
  #isIntact(): boolean {
    const state = this.#open.watch.state()
    if (state === 'intact') return true
    if (state === 'damaged') this.#setAside('was cut off by something else')
    else {
      // what is committed goes into the file, wherever that is now
      this.#open.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      this.#open.watch.removeLogs()
      if (state === 'gone') this.#log(`${this.file} was taken away by something else; another one is begun`)
      else this.#log(`${this.file}-wal was taken away by something else; nothing was lost`)
    }
    return false
  }

  #setAside(what: string): void {
    this.#log(`${this.file} ${what}; it is now ${moveAside(this.file, Date.now())}, and another one is begun`)
  }

  #reopen(): void {
    // not closed: that would delete the log of the new file, which has the name of the old one's
    this.#replaced.push(this.#open)
    this.#open = opened(this.file, this.quota, this.#forwards)
  }

  #transaction<T>(run: (open: Opened) => T): T {
    const { db, writing } = this.#open
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = run(this.#open)
      db.exec('COMMIT')
      return result
    } catch (error) {
      writing.forget()
      if (db.inTransaction) db.exec('ROLLBACK')
      throw error
    }
  }

  #sayEviction(): void {
    if (!this.#hasEvicted) {
      this.#log(`The store has reached ${this.quota.maxSize} bytes (--max-size): from now on the oldest sessions go`)
    }
    this.#hasEvicted = true
  }

  #sayLoss({ unsent }: Evicted): void {
    if (unsent && !this.#hasLost) {
      const why = 'the store is full of them, or they are too old (--max-age)'
      this.#log(`From now on beacons are deleted that the collector has not acknowledged: ${why}`)
    }
    this.#hasLost ||= unsent > 0
  }
}

type Opened = ReturnType<typeof opened>

function opened(file: string, quota: Quota, forwards: boolean) {
  const db: Database.Database = openDatabase(file)
  const queue = queueing(db)
  if (forwards) queue.begin()
  return {
    db,
    writing: new Writing(db),
    settle: settling(db),
    queue,
    evict: evicting(db, quota, queue),
    watch: new FileWatch(file),
  }
}

/** The file is none any more; whatever else goes wrong may be over when it is tried again. */
function isDamage(error: unknown): boolean {
  return ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].some((code) => (error as { code?: string }).code?.startsWith(code))
}
