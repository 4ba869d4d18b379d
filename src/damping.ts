import { identity } from 'rxjs'
import { elapsed } from './page/elapsed.ts'
import type { Page } from './page/page.ts'
import { endsAtOnce, type Reading } from './payload/reading.ts'

/** Beacons that may follow each other by themselves: at once, and in all. Fewer where a row of them was used up before. */
const row = { atOnce: 8, inAll: 12 }
const shortRow = { atOnce: 4, inAll: 5 }

/** After so many happenings that are no echo, and no person's, echoes are expected for twice as long; so often at most. */
const interruptionsToDouble = 4
const mostDoublings = 5

/** Settings that count. Without a `savingMode` a beacon follows each sample, whatever comes. */
interface DampingSettings {
  samplingRate: number
  savingMode: boolean
  /** These see what is looked at as well as what leaves: what they cause later is an echo of either. */
  beforeSend?: (payload: never) => unknown
  maskUrl?: (url: string) => string
}

/** What was requested tells of no person: another tool on the page may answer each beacon with a request of its own. */
const isOfRequests = ({ field }: Pick<Reading, 'field'>) => /^view\.resource/.test(field)

/**
 * Damps loops. A page may answer each beacon with a happening of its own: it has wrapped `fetch`, and logs when the answer is
 * there. That makes a beacon, which it answers. So what comes soon after a beacon may be its echo: within a `samplingRate`, and for
 * twice as long whenever something else has come four times without a person at the page, up to 32 times. Of such beacons
 * eight leave at once, four more after a pause, and then what comes waits for anything that is no echo. On a page that has used
 * that up the next rows are shorter, until it leaves a beacon unanswered.
 */
export const damping = (
  page: Page,
  { samplingRate, savingMode, beforeSend = identity, maskUrl = identity }: DampingSettings,
) => {
  const isSeen = beforeSend !== identity || maskUrl !== identity
  let leftAt = Number.NEGATIVE_INFINITY
  /** Beacons that have followed each other, with nothing but echoes between them. */
  let inRow = 0
  /** What came between them that was neither an echo nor a person's. */
  let interruptions = 0
  let most = row
  const sinceLast = () => elapsed(page) - leftAt
  /** How long after a beacon its echoes come, ms. */
  const echoSpan = () => samplingRate * 2 ** Math.min(mostDoublings, Math.floor(interruptions / interruptionsToDouble))
  return {
    /** Something has come. What ends its sample at once is no echo. */
    hear: (reading: Pick<Reading, 'field' | 'cut'>): void => {
      if (!inRow && !interruptions) return
      const isPerson = endsAtOnce(reading) || (!isOfRequests(reading) && page.navigator.userActivation?.isActive)
      const isEcho = !inRow || sinceLast() <= echoSpan()
      if (!isPerson && isEcho) return
      if (inRow === 1 && !isEcho) most = row
      interruptions = isPerson ? 0 : interruptions + 1
      inRow = 0
    },
    /** Takes a turn, if there is one: whether what has come may leave now. */
    takeTurn: (): boolean => {
      const may = !savingMode || inRow < most.atOnce || (inRow < most.inAll && sinceLast() > echoSpan() * 1.5)
      if (may) inRow++
      else if (inRow >= most.inAll) most = shortRow
      return may
    },
    /** Whether what has come may be looked at before it leaves. */
    mayLook: (): boolean => !isSeen || !savingMode || inRow < most.atOnce,
    /** A beacon leaves. */
    leave: (): void => {
      leftAt = elapsed(page)
    },
  }
}

export type Damping = ReturnType<typeof damping>
