import type { Tab } from '../chromium/tab.ts'
import type { Site } from '../site/openSite.ts'

/** What one visit has measured, by name, each in the unit of its columns. */
export type Sample = Record<string, number>

/** A visit of one subject's site: what a scene has at hand. */
export interface Visit {
  site: Site
  /** Opens a tab in the browser of this round; it is closed after the visit. */
  openTab(): Promise<Tab>
}

/** Visits a site once, and says what it has measured. */
export type Scene = (visit: Visit) => Promise<Sample>

/** A figure of a subject, from a value of its sample. */
export interface Column {
  /** Its name in bounds and in the raw results. */
  key: string
  title: string
  /** The value of the sample; the one of its own name unless given. */
  value?: string
  /** How it is set against the page alone in the same round; unless given, it stands as it is. */
  against?: 'difference' | 'ratio'
  /** Digits after the point. */
  digits: number
}

/** One command: what is played, and what is told of it. */
export interface Measurement {
  name: string
  /** A sentence above the table. */
  about: string
  /** Played one after the other in each round, each by all subjects in a browser of its own. */
  scenes: Record<string, Scene>
  columns: Column[]
  /** Settings of our client that belong to the measurement. */
  settings?: Record<string, unknown>
  /** Unless the command line says otherwise. */
  rounds?: number
  /** Peers that take part; all unless given. */
  peers?: string[]
}
