import type { Collector } from './index.ts'
import { isolate } from './operators/isolate.ts'
import { consoleLog } from './sinks/consoleLog.ts'
import { loopable } from './sinks/loopable.ts'
import { count } from './sinks/status.ts'
import { debugging } from './sources/debugging.ts'
import type { Page } from './sources/page.ts'

/**
 * Gives a collector, once, what only DevTools need: `status()`, `for await` over its debug stream, and with `?debug` in the
 * address each step in the console and the Performance panel. Built into the package; for the script it is a file of its
 * own, `crum.debug.js`, which no visitor fetches who does not ask for it.
 */
export const equip = <Crum extends Collector>(crum: Crum, page: Page): Crum => {
  if (Symbol.asyncIterator in crum.debug$) return crum
  const { status, add } = count()
  const { debug$ } = Object.assign(crum, {
    debug$: loopable(crum.debug$),
    status: () => {
      const { sources, ...rest } = status
      page.console.table(sources)
      page.console.table(rest)
      return status
    },
  })
  debug$.subscribe(add)
  if (debugging(page)) {
    const complain = page.console.error.bind(page.console, 'crum:')
    isolate(() => consoleLog(page)(debug$), complain).subscribe()
  }
  return crum
}
