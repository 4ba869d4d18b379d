import type { CommandName } from './options.ts'
import type { PeerName } from './subjects/peers.ts'

/** How much a figure of ours may be: its median over all rounds. */
export interface Bound {
  command: CommandName
  /** The key of the figure's column in the command's table. */
  column: string
  /** The figure in words, with its unit. */
  title: string
  most: number
  /** What we would like it to be. */
  aim?: number
  /** The peer whose figure in the same run is the unit of both; the unit of the figure itself unless given. */
  of?: PeerName
}

/** All bounds, in the order of the commands. */
export const bounds: Bound[] = [
  { command: 'startup', column: 'charged', title: 'start-up: charged, ms', most: 0.7, aim: 0.5, of: 'elastic' },
  { command: 'startup', column: 'evaluate', title: 'start-up: evaluation, ms', most: 1, of: 'elastic' },
  { command: 'startup', column: 'ratio', title: 'start-up: whole main thread, × page alone', most: 1.18, aim: 1.1 },
  { command: 'app', column: 'ratio', title: 'app: whole main thread, × page alone', most: 1.15, aim: 1.06 },
  { command: 'heap', column: 'loaded', title: 'heap after load, KiB', most: 450, aim: 400 },
  { command: 'heap', column: 'waiting', title: 'heap 11 s after the stress, KiB', most: 2200, aim: 1500 },
  { command: 'heap', column: 'empty', title: 'heap when all is sent, KiB', most: 1000, aim: 600 },
  { command: 'events', column: 'click', title: 'a click, µs', most: 2.5, aim: 1.5, of: 'elastic' },
  { command: 'events', column: 'error', title: 'an uncaught error, µs', most: 1.5, aim: 1, of: 'elastic' },
  { command: 'events', column: 'console', title: 'a console line, µs', most: 0.5, aim: 0.25, of: 'datadog' },
  { command: 'events', column: 'resource', title: 'a resource entry, µs', most: 0.5, aim: 0.3, of: 'elastic' },
  { command: 'wire', column: 'bytes', title: 'bytes of a first visit', most: 10_000, aim: 7000 },
  { command: 'wire', column: 'preflights', title: 'CORS preflights of a first visit', most: 0 },
  { command: 'lighthouse', column: 'lost', title: 'Lighthouse: points less than the page alone', most: 1 },
  { command: 'lighthouse', column: 'blocking', title: 'Lighthouse: more blocking time, ms', most: 40 },
]
