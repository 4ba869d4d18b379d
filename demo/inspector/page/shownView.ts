import type { StoredBeacon } from '../../beaconStore.ts'
import type { SessionSummary, ViewSummary } from '../summaries.ts'
import type { Receiver } from './receiver.ts'
import { type ViewModel, viewModel } from './viewModel.ts'

/** The view that is shown, as far as its beacons are here. */
export interface Shown {
  summary: ViewSummary
  session: SessionSummary
  /** In the order in which they came. */
  stored: StoredBeacon[]
  model: ViewModel
}

/** Fetches a view and its beacons, but those that are here already. Rejects as `Receiver.get` does. */
export async function shownView(receiver: Receiver, n: number, known: StoredBeacon[] = []): Promise<Shown> {
  const stored = [...known]
  const { view, session } = await receiver.get<{ view: ViewSummary; session: SessionSummary }>(`views/${n}`)
  for (let total = view.beacons; stored.length < total; ) {
    const part = await receiver.get<{ total: number; beacons: StoredBeacon[] }>(
      `views/${n}/beacons?from=${stored.length}`,
    )
    total = part.total
    stored.push(...part.beacons)
    if (!part.beacons.length) break
  }
  return { summary: { ...view, beacons: stored.length }, session, stored, model: viewModel(stored) }
}
