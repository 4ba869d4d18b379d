import type { Executor } from 'selenium-webdriver/lib/command.js'
import type { FoundEngine } from '../../../scripts/engines.ts'
import type { Processes } from './processes.ts'

/** What can be done with an engine from outside. */
export interface Abilities {
  /** Touch with a finger. */
  touch: boolean
  /** Touch with a pen. */
  pen: boolean
  /** Start it again on the profile of one that was killed. */
  restart: boolean
}

/** What pages are opened in. A tab hides the one before it; of a window only the minimised one is hidden. */
export type Opens = 'tab' | 'window'

/** An engine that has been started, and how WebDriver reaches it. */
export interface Launched {
  /** Its name as people know it. */
  label: string
  executor: Executor | string
  capabilities: Record<string, unknown>
  can: Abilities
  opens: Opens
}

/** Starts an engine. */
export type Launch = (
  options: Omit<FoundEngine, 'name'> & {
    processes: Processes
    /** A profile that outlives the engine; one of its own if not given. */
    profile?: string | undefined
    /** `host:port` of the proxy for hosts that are made up. */
    proxy: string
  },
) => Promise<Launched>
