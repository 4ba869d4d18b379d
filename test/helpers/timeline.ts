import { withProperties } from './withProperties'

/** A performance entry as a test writes it down: what it leaves out is empty. */
export type EntryLike = Partial<PerformanceEntry> & Record<string, unknown>

/** A performance timeline: entries by type, and the observers that are handed them. */
export const fakeTimeline = (supportedEntryTypes: string[]) => {
  const past: PerformanceEntry[] = []
  const observers = new Set<FakeObserver>()

  class FakeObserver {
    static supportedEntryTypes = supportedEntryTypes
    readonly options: PerformanceObserverInit[] = []
    #records: PerformanceEntry[] = []

    constructor(
      readonly callback: (list: { getEntries(): PerformanceEntry[] }, observer: unknown, more: object) => void,
    ) {}

    observe(options: PerformanceObserverInit) {
      this.options.push(options)
      observers.add(this)
      if (options.buffered) this.deliver(past.filter(({ entryType }) => entryType === options.type))
    }

    /** What a browser has measured and not yet handed out. */
    queue(entries: PerformanceEntry[]) {
      const wanted = entries.filter(({ entryType }) => this.options.some(({ type }) => type === entryType))
      this.#records = this.#records.concat(wanted)
    }

    deliver(entries: PerformanceEntry[]) {
      this.queue(entries)
      const records = this.takeRecords()
      if (records.length) this.callback({ getEntries: () => records }, this, { droppedEntriesCount: 0 })
    }

    takeRecords() {
      return this.#records.splice(0)
    }

    disconnect() {
      observers.delete(this)
      this.#records = []
    }
  }

  const add = (type: string, entries: EntryLike[]) => {
    const added = entries.map((entry) => complete(type, entry))
    for (const entry of added) past.push(entry)
    return added
  }

  return {
    PerformanceObserver: FakeObserver,
    observers,
    getEntriesByType: (type: string) => past.filter(({ entryType }) => entryType === type),
    /** Adds entries and hands them to the observers of their type. */
    emit: (type: string, entries: EntryLike[]) => {
      const added = add(type, entries)
      for (const observer of [...observers]) observer.deliver(added)
    },
    /** Adds entries that observers only get by `takeRecords()`. */
    queue: (type: string, entries: EntryLike[]) => {
      const added = add(type, entries)
      for (const observer of observers) observer.queue(added)
    },
  }
}

const complete = (entryType: string, entry: EntryLike) => {
  const fields = withProperties({ name: '', startTime: 0, duration: 0, entryType }, entry)
  return withProperties({ toJSON: () => ({ ...fields }) }, fields) as PerformanceEntry
}
