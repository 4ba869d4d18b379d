import type { Resource } from '../../../src/payload/payload.ts'
import type { Totals } from '../summaries.ts'
import type { Kind } from './happenings.ts'
import type { Shown } from './shownView.ts'
import type { TreeRow } from './treeRows.ts'

/** What is shown. */
export class InspectorState {
  status: 'connecting' | 'live' | 'lost' = 'connecting'
  /** When the connection was lost, epoch ms. */
  lostAt = 0
  /** Beacons that came while it was lost; `undefined` unless it has just come back. */
  missed: number | undefined
  totals: Totals | undefined
  tab: 'views' | 'pages' = 'views'
  /** Whether the newest view is shown by itself. */
  isFollowing = true
  /** On a narrow screen: whether the list covers the view. */
  isListShown = false
  shown: Shown | undefined
  /** Why the wanted view is not shown. */
  problem = ''
  /** The session whose views are listed. */
  openSession: number | undefined
  /** Where the keyboard is in the tree. */
  active: TreeRow | undefined
  /** The section that a link points at, and the field that it names. */
  pointedAt: string | undefined
  /** The span of the time line that is shown; all of it unless given. */
  range: [from: number, to: number] | undefined
  hidden = new Set<Kind>()
  /** Where the keyboard is among the happenings, by key; and the one whose JSON is shown. */
  happening: string | undefined
  openHappening: string | undefined
  /** The same of the resources. */
  resource: Resource | undefined
  openResource: Resource | undefined
  /** The same of the beacons, by the key of a row and by id. */
  beacon: string | undefined
  openBeacon: string | undefined
}
