import type { Page } from '../page/page.ts'
import { type Settings, settings } from '../settings.ts'
import { type LoopableSteps, loopable } from './loopable.ts'
import { count, type Status } from './status.ts'
import type { Steps } from './steps.ts'

/** Whatever has a debug stream. */
interface Debuggable {
  debug$: Steps
}

/** A collector with tools. */
export interface Equipped {
  /** What the client has done so far, also printed as tables. */
  status(): Status
  /** The debug stream, over which one can loop: `for await (const step of debug$)`. */
  debug$: LoopableSteps
}

/**
 * Gives a collector what only DevTools need: `status()`, and `for await` over its debug stream. Counting begins with the
 * first step that the stream remembers, and once for each stream.
 */
export const equip = <Crum extends Debuggable>(
  crum: Crum,
  page: Page = globalThis.window ?? globalThis,
): Crum & Equipped => {
  const tools = known.get(crum.debug$) ?? toolsFor(crum, page)
  known.set(tools.debug$, tools)
  return Object.assign(crum, tools)
}

/** The tools that a stream has already. */
const known = new WeakMap<Steps, Equipped>()

const toolsFor = (crum: Debuggable, page: Page): Equipped => {
  const { status, add } = count(settingsOf(crum, page))
  const debug$ = loopable(crum.debug$)
  debug$.subscribe(add)
  return { debug$, status: () => printed(status, page) }
}

const printed = (status: Status, { console }: Page): Status => {
  const { sources, ...rest } = status
  console.table(sources)
  console.table(rest)
  const since = `${Math.round(rest.beacons.from / 100) / 10} s after the navigation start`
  if (rest.beacons.from) console.log(`crum: counted since ${since}; with ?debug=1 in the address, all is`)
  return status
}

/** The settings that the script leaves in `CRUM`: the step that had them may be forgotten. Unknown if `CRUM` is not ours. */
const settingsOf = (crum: Debuggable, { CRUM }: Page & { CRUM?: Partial<Settings & Debuggable> }) => {
  if (!CRUM || CRUM.debug$ !== crum.debug$) return undefined
  const { maxEntries, trackResources, trackHeroes, trackErrors, trackConsole } = CRUM
  return settings({ maxEntries, trackResources, trackHeroes, trackErrors, trackConsole }, '', () => {})
}
