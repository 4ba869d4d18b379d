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
  counts: Counts
  /** Settings of the client other than the suite's own. */
  settings?: Record<string, unknown>
  /** What the page tells: events unless it says otherwise. */
  tells?: Tells
  /** Tabs on one origin, thus on one outbox. */
  tabs?: number
  /** Computers that the repetitions are shared out to: what kills a browser needs more than one. */
  devices?: number
  /** Whether each visitor has a process of its own, which ends with its last page. */
  apart?: boolean
  /** Comes before the page that tells, in each tab, with an empty page of the origin. */
  before?: (tab: Tab, origin: string) => Promise<unknown>
  /** What happens while the numbers are being told. */
  happens: (stage: Stage) => Promise<unknown>
}

/**
 * Which numbers have to arrive: all that were `told`; or, where a blow strikes, those that had come so far by then: they
 * were `written`, as events that are 250 ms old are, and lines and marks that are 1 s old (and 50 ms more); or a write of the
 * page's own, begun after that, was `kept` by the browser, which itself takes the blow.
 */
export type Counts = 'told' | 'written' | 'kept'

/** Numbers are told as events, by turns as console lines and marks, or as events of 6 KB. */
export type Tells = 'events' | 'lines and marks' | 'large events'

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
