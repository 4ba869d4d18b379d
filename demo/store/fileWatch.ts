import { renameSync, rmSync, type Stats, statSync } from 'node:fs'

/**
 * What has become of a store's file since it was opened: another one or none is in its place, its log of what is not yet
 * in the file was taken away, or it was cut off. A store never shrinks by itself.
 */
export type FileState = 'intact' | 'gone' | 'without log' | 'damaged'

const logs = ['-wal', '-shm'] as const

/** Watches one file that is open, and the two that SQLite keeps beside it. */
export class FileWatch {
  readonly #file: string
  readonly #opened: Stats | undefined
  #largest: number
  #logs: (Stats | undefined)[] = []

  constructor(file: string) {
    this.#file = file
    this.#opened = stats(file)
    this.#largest = this.#opened?.size ?? 0
    this.#logs = this.#logsNow()
  }

  state(): FileState {
    const now = stats(this.#file)
    if (!isSame(now, this.#opened)) return 'gone'
    if (now.size < this.#largest) return 'damaged'
    this.#largest = now.size
    const found = this.#logsNow()
    if (this.#logs.some((log, n) => log && !isSame(found[n], log))) return 'without log'
    this.#logs = found
    return 'intact'
  }

  /** Deletes what is left beside a file that is gone: by its name it would be taken for that of the next one. */
  removeLogs(): void {
    this.#logsNow().forEach((log, n) => {
      if (isSame(log, this.#logs[n])) rmSync(this.#file + logs[n], { force: true })
    })
  }

  #logsNow(): (Stats | undefined)[] {
    return logs.map((end) => stats(this.#file + end))
  }
}

/** Moves a damaged store aside, with what SQLite keeps beside it; says where to. */
export function moveAside(file: string, now: number): string {
  const aside = `${file}.damaged-${now}`
  for (const end of ['', ...logs]) if (stats(file + end)) renameSync(file + end, aside + end)
  return aside
}

function isSame(now: Stats | undefined, before: Stats | undefined): now is Stats {
  return now !== undefined && now.ino === before?.ino && now.dev === before.dev
}

function stats(file: string): Stats | undefined {
  return statSync(file, { throwIfNoEntry: false })
}
