import type { Tab } from '../harness/bareTab.ts'
import type { Device } from '../harness/device.ts'
import type { Site } from '../harness/site.ts'

/** By when everything has to be there: without the visitor ever coming again, or when the next page of the site opens. */
export type Guarantee = 'at once' | 'next visit'

/** One row of the suite, and of the table in `docs/delivery.md`. */
export interface Scenario {
  /** What happens, as the table says it. */
  name: string
  guarantee: Guarantee
  /** What counts as told. After a `blow`, what had been told, and its task ended, when the test struck. */
  ends: 'in order' | 'by a blow'
  /** Settings of the client other than the suite's own. */
  settings?: Record<string, unknown>
  /** What the page tells: events unless it says otherwise. */
  tells?: Tells
  /** Milliseconds before the blow in which what is told may be lost. */
  grace?: number
  /** Tabs on one origin, thus on one outbox. */
  tabs?: number
  /** Computers that the repetitions are shared out to: what kills a browser needs more than one. */
  devices?: number
  /** Comes before the first page, in each tab. */
  before?: (tab: Tab, origin: string) => Promise<unknown>
  /** What happens while the numbers are being told. */
  happens: (stage: Stage) => Promise<unknown>
}

/** Numbers are told as events, as console lines, as marks, or as events so large that a page may have 300 KB waiting. */
export type Tells = 'events' | 'console' | 'marks' | 'large events'

/** One visitor of an origin that nobody else visits, in one tab or more. */
export interface Visitor {
  origin: string
  device: Device
  tabs: Tab[]
}

/** What a scenario may lay its hands on. */
export interface Stage {
  site: Site
  devices: Device[]
  visitors: Visitor[]
  /** Draws the line: what is told from now on does not count any more. */
  strike(): void
}
