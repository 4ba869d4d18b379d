import type { Collector } from './collector.ts'
import { isolate } from './operators/isolate.ts'
import { consoleLog } from './sinks/consoleLog.ts'
import { loopable } from './sinks/loopable.ts'
import { count } from './sinks/status.ts'
import { debugging } from './sources/debugging.ts'
import type { Page } from './sources/page.ts'
import { type Settings, settings } from './sources/settings.ts'

/**
 * Gives a collector, once, what only DevTools need: `status()`, `for await` over its debug stream, and with `?debug` in the
 * address each step in the console and the Performance panel. Built into the package; for the script it is a file of its
 * own, `crum.debug.js`, which no visitor fetches who does not ask for it.
 */
export const equip = <Crum extends Collector>(crum: Crum, page: Page): Crum => {
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
const settingsOf = (crum: Collector, { CRUM }: Page & { CRUM?: Partial<Settings & Collector> }) => {
  if (!CRUM || CRUM.debug$ !== crum.debug$) return
  const { maxEntries, trackResources, trackHeroes, trackErrors, trackConsole } = CRUM
  return settings({ maxEntries, trackResources, trackHeroes, trackErrors, trackConsole }, '', () => {})
}
