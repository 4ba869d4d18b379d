import { setTimeout as sleep } from 'node:timers/promises'
import { type CpuTime, cpuTime } from '../chromium/cpuTime.ts'
import { click, middle } from '../chromium/input.ts'
import type { Tab } from '../chromium/tab.ts'
import type { Measurement, Sample, Scene, Visit } from '../run/measurement.ts'

/** What a client costs for each thing that happens. */
export const events: Measurement = {
  name: 'events',
  about:
    'CPU time of the main thread for one event, µs more than the page alone, whose own row is absolute. ' +
    'It includes what follows: 1.5 s later the tab is hidden, and 2 s later the clock stops. A click counts scripts only.',
  scenes: {
    click: many('click', 100, 'scripts', clickOften),
    error: many('error', 500, 'tasks', (tab) => tab.evaluate('stress.throwErrors(500)')),
    console: many('console', 10_000, 'tasks', (tab) => tab.evaluate('stress.writeLines(10_000)')),
    resource: many('resource', 1000, 'tasks', (tab) => tab.evaluate('stress.fetchTiny(1000)')),
  },
  columns: [
    { key: 'click', against: 'difference', title: 'click, µs', digits: 0 },
    { key: 'error', against: 'difference', title: 'uncaught error, µs', digits: 0 },
    { key: 'console', against: 'difference', title: 'console line, µs', digits: 1 },
    { key: 'resource', against: 'difference', title: 'resource entry, µs', digits: 0 },
  ],
}

/** A scene in which the same happens often, once the page is at rest. */
function many(kind: string, count: number, clock: keyof CpuTime, happen: (tab: Tab) => Promise<unknown>): Scene {
  return async ({ site, openTab }: Visit): Promise<Sample> => {
    const tab = await openTab()
    await tab.open(`${site.origin}/shop`)
    await tab.evaluate(`import('/stress.js').then((stress) => { globalThis.stress = stress })`)
    await sleep(2500)
    const before = await cpuTime(tab)
    await happen(tab)
    await sleep(1500)
    await tab.hide()
    await sleep(2000)
    const after = await cpuTime(tab)
    return { [kind]: ((after[clock] - before[clock]) * 1000) / count }
  }
}

async function clickOften(tab: Tab): Promise<void> {
  const button = await middle(tab, '#order')
  for (let i = 0; i < 100; i++) {
    await click(tab, button)
    await sleep(15)
  }
}
