import type { StoredBeacon } from '../../store/storedBeacon.ts'
import type { SessionSummary, ViewSummary } from '../summaries.ts'
import type { Receiver } from './receiver.ts'
import { type ViewModel, viewModel } from './viewModel.ts'

/** The view that is shown, as far as its beacons are here. */
export interface Shown {
  summary: ViewSummary
  session: SessionSummary
  /** In the order in which they came. */
  stored: StoredBeacon[]
  /** The number of the last of them in the store, and the characters of all. */
  last: number
  size: number
  /** Whether there are more that are not shown: as many as there is room for are here. */
  isCut: boolean
  /** Beacons in the store that are none. */
  unreadable: number
  model: ViewModel
}

/** Characters of beacons that are shown of a view, and by which that grows when somebody wants more. */
export const room = 6_000_000

interface Part {
  last: number
  size: number
  isAll: boolean
  unreadable: number
  beacons: StoredBeacon[]
}

/** Fetches a view and its beacons, but those that are here already. Rejects as `Receiver.get` does. */
export async function shownView(
  receiver: Receiver,
  n: number,
  { known, most = room }: { known?: Shown | undefined; most?: number } = {},
): Promise<Shown> {
  const { view, session } = await receiver.get<{ view: ViewSummary; session: SessionSummary }>(`views/${n}`)
  const stored = [...(known?.stored ?? [])]
  const { length } = stored
  let { last, size, unreadable } = known ?? { last: -1, size: 0, unreadable: 0 }
  let isAll = false
  while (!isAll && size < most) {
    const part = await receiver.get<Part>(`views/${n}/beacons?after=${last}`)
    stored.push(...part.beacons)
    last = part.last
    size += part.size
    unreadable += part.unreadable
    isAll = part.isAll
  }
  // drawing it again takes longer than all of this
  const model = known && stored.length === length ? known.model : viewModel(stored)
  return { summary: view, session, stored, last, size, isCut: !isAll, unreadable, model }
}
