import { isolate } from '../operators/isolate.ts'
import { debugging } from '../page/debugging.ts'
import type { Page } from '../page/page.ts'
import { type Settings, settings } from '../settings.ts'
import { consoleLog } from './consoleLog.ts'
import { loopable } from './loopable.ts'
import { count, type Status } from './status.ts'
import type { Steps } from './steps.ts'

/** Whatever has a debug stream. */
interface Debuggable {
  debug$: Steps
  status(): Status
}

/**
 * Gives a collector, once, what only DevTools need: `status()`, `for await` over its debug stream, and with `?debug` in the
 * address each step in the console and the Performance panel. Built into the package; for the script it is a file of its
 * own, `crum.debug.js`, which no visitor fetches who does not ask for it.
 */
export const equip = <Crum extends Debuggable>(crum: Crum, page: Page): Crum => {
  if (Symbol.asyncIterator in crum.debug$) return crum
  const { status, add } = count(settingsOf(crum, page))
  const { debug$ } = Object.assign(crum, {
    debug$: loopable(crum.debug$),
    status: () => {
      const { sources, ...rest } = status
      page.console.table(sources)
      page.console.table(rest)
      const since = `${Math.round(rest.beacons.from / 100) / 10} s after the navigation start`
      if (rest.beacons.from) page.console.log(`crum: counted since ${since}; with ?debug=1 in the address, all is`)
      return status
    },
  })
  debug$.subscribe(add)
  if (debugging(page)) {
    const { error = () => {} } = page.console
    const complain = error.bind(page.console, 'crum:')
    isolate(() => consoleLog(page)(debug$), complain).subscribe()
  }
  return crum
}

/**
 * Those of the script, which it leaves in `CRUM`: the step that told them may be forgotten. Unknown where something else
 * has taken their place.
 */
const settingsOf = (crum: Debuggable, { CRUM }: Page & { CRUM?: Partial<Settings & Debuggable> }) => {
  if (!CRUM || CRUM.debug$ !== crum.debug$) return
  const { maxEntries, trackResources, trackHeroes, trackErrors, trackConsole } = CRUM
  return settings({ maxEntries, trackResources, trackHeroes, trackErrors, trackConsole }, '', () => {})
}
