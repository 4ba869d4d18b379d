import type { Session } from '../../src/payload/payload.ts'
import type { StoredBeacon } from '../beaconStore.ts'
import type { SessionSummary } from './summaries.ts'

/** What the index keeps of a session. */
export class IndexedSession {
  readonly n: number
  /** The numbers of its views. */
  readonly views: number[] = []
  readonly #id: string
  readonly #startTime: number
  #lastAt = 0
  #beacons = 0
  #bytes = 0
  #lost = 0
  #errors = 0
  #browser = ''
  #device = ''

  constructor(n: number, { id, startTime }: Session) {
    this.n = n
    this.#id = id
    this.#startTime = startTime
  }

  add({ receivedAt, bytes, payload }: StoredBeacon, lost: number, errors: number): void {
    this.#lastAt = Math.max(this.#lastAt, receivedAt)
    this.#beacons++
    this.#bytes += bytes
    this.#lost += lost
    this.#errors += errors
    const { browser, browserVersion, device } = payload.attributes ?? {}
    this.#browser ||= [browser, browserVersion].filter(Boolean).join(' ')
    this.#device ||= [device?.platform, device?.type].filter(Boolean).join(' ')
  }

  /** So many more numbers of its views are lost. */
  lose(lost: number): void {
    this.#lost += lost
  }

  get summary(): SessionSummary {
    return {
      n: this.n,
      id: this.#id,
      startTime: this.#startTime ?? this.#lastAt,
      lastAt: this.#lastAt,
      views: this.views.length,
      beacons: this.#beacons,
      bytes: this.#bytes,
      lost: this.#lost,
      errors: this.#errors,
      browser: this.#browser,
      device: this.#device,
    }
  }
}
