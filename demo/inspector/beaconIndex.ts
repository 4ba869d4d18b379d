import type { Payload } from '../../src/payload/payload.ts'
import type { StoredBeacon, Watcher } from '../beaconStore.ts'
import type { Place } from '../readLines.ts'
import { Column } from './column.ts'
import { IndexedSession } from './indexedSession.ts'
import { IndexedView } from './indexedView.ts'
import { PageStatistics } from './pageStatistics.ts'
import type { SessionSummary, Totals, ViewSummary } from './summaries.ts'
import { keyOfId, viewKey } from './viewKey.ts'

/**
 * Where everything is in the store, and what it comes to. It keeps no payloads: places in the file, and sums. One more
 * beacon costs the same however many there are.
 */
export class BeaconIndex implements Watcher {
  readonly pages = new PageStatistics()
  readonly #offsets = new Column()
  readonly #lengths = new Column()
  readonly #sessions: IndexedSession[] = []
  readonly #views: IndexedView[] = []
  readonly #sessionById = new Map<string, IndexedSession>()
  readonly #viewByKey = new Map<string, IndexedView>()
  readonly #listeners = new Set<(view?: IndexedView) => void>()
  readonly #arrivals: Arrival[] = []
  #bytes = 0
  #lost = 0
  #duplicates = 0

  stored(beacon: StoredBeacon, { offset, length }: Place): void {
    const { payload } = beacon
    const session = this.#sessionOf(payload)
    const view = this.#viewOf(payload, session)
    const { filed, lost, errors, beacons } = view

    view.add(beacon, this.#offsets.length)
    this.#offsets.push(offset)
    this.#lengths.push(length)
    if (view.filed !== filed) this.pages.refile(beacons ? filed : undefined, view.filed)
    this.#bytes += beacon.bytes
    this.#lost += view.lost - lost
    session.add(beacon, view.lost - lost, view.errors - errors)
    this.#tell(view)
    this.#arrivals.push({ view, seq: payload.beacon.seq, at: beacon.receivedAt })
    this.settle(beacon.receivedAt)
  }

  /** Gives up what is missing before beacons that came long before `now`, epoch ms. Until then it may be on its way. */
  settle(now: number): void {
    const waiting = this.#arrivals.findIndex(({ at }) => now - at < grace)
    for (const { view, seq } of this.#arrivals.splice(0, waiting < 0 ? this.#arrivals.length : waiting)) {
      const { lost } = view
      view.settle(seq)
      if (view.lost === lost) continue
      this.#lost += view.lost - lost
      this.#sessions[view.session]?.lose(view.lost - lost)
      this.#tell(view)
    }
  }

  duplicate(): void {
    this.#duplicates++
    this.#tell()
  }

  get totals(): Totals {
    return {
      sessions: this.#sessions.length,
      views: this.#views.length,
      beacons: this.#offsets.length,
      bytes: this.#bytes,
      lost: this.#lost,
      duplicates: this.#duplicates,
    }
  }

  /** Sessions by their number, `to` not included. */
  sessions(from: number, to: number): SessionSummary[] {
    return this.#sessions.slice(from, to).map((session) => session.summary)
  }

  /** Views of a session by their position in it, `to` not included. */
  viewsOf(session: number, from: number, to: number): ViewSummary[] {
    return (this.#sessions[session]?.views.slice(from, to) ?? []).map((n) => (this.#views[n] as IndexedView).summary)
  }

  session(n: number): SessionSummary | undefined {
    return this.#sessions[n]?.summary
  }

  view(n: number): ViewSummary | undefined {
    return this.#views[n]?.summary
  }

  /** The view that a beacon with this id is of; also one that has not come, of a view that has. */
  viewOfBeacon(id: string): ViewSummary | undefined {
    return this.#viewByKey.get(keyOfId(id))?.summary
  }

  /** Where the beacons of a view are, in the order in which they came, from the `from`th on. */
  places(view: number, from: number): Place[] {
    const numbers = this.#views[view]?.numbers.slice(from) ?? []
    return numbers.map((number) => ({ offset: this.#offsets.at(number), length: this.#lengths.at(number) }))
  }

  /** Calls when something came: with its view, or without one for a duplicate. Returns the way to end this. */
  listen(listener: (view?: IndexedView) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  #sessionOf({ session }: Payload): IndexedSession {
    const known = this.#sessionById.get(session.id)
    if (known) return known
    const added = new IndexedSession(this.#sessions.length, session)
    this.#sessions.push(added)
    this.#sessionById.set(session.id, added)
    return added
  }

  #viewOf(payload: Payload, session: IndexedSession): IndexedView {
    const key = viewKey(payload)
    const known = this.#viewByKey.get(key)
    if (known) return known
    const added = new IndexedView(this.#views.length, key, session.n, session.views.length)
    this.#views.push(added)
    this.#viewByKey.set(key, added)
    session.views.push(added.n)
    return added
  }

  #tell(view?: IndexedView): void {
    for (const listener of this.#listeners) listener(view)
  }
}

/** A beacon that came so recently that those before it may still come. */
interface Arrival {
  view: IndexedView
  seq: number
  at: number
}

/**
 * Numbers are given when a sample begins, and the two lanes overtake each other: what is missing for longer than this is
 * lost, until it comes after all, ms.
 */
const grace = 20_000
