import { setTimeout as sleep } from 'node:timers/promises'
import { heap as heapOf } from '../chromium/heap.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'
import type { Receiver } from '../site/receiver.ts'

/** What a client keeps in memory. */
export const heap: Measurement = {
  name: 'heap',
  about:
    'JavaScript heap after a garbage collection, KiB more than the page alone, whose own row is absolute. The stress is ' +
    '10,000 entries: 4,000 requests, 3,000 console lines, 3,000 marks.',
  scenes: { stress },
  columns: [
    { key: 'loaded', against: 'difference', title: '4 s after load', digits: 0 },
    { key: 'stressed', against: 'difference', title: '1 s after the stress', digits: 0 },
    { key: 'waiting', against: 'difference', title: '11 s after the stress', digits: 0 },
    { key: 'empty', against: 'difference', title: 'all sent', digits: 0 },
  ],
}

async function stress({ site, openTab }: Visit): Promise<Sample> {
  const tab = await openTab()
  await tab.open(`${site.origin}/shop`)
  await sleep(4000)
  const loaded = await heapOf(tab)
  await tab.evaluate(`import('/stress.js').then(({ everything }) => everything())`)
  await sleep(1000)
  const stressed = await heapOf(tab)
  await sleep(10_000)
  const waiting = await heapOf(tab)
  // our lane of resource entries sends 50 of them every 500 ms; for all subjects, so that the page is as old
  await sleep(35_000)
  await untilQuiet(site.receiver)
  return { loaded, stressed, waiting, empty: await heapOf(tab) }
}

/** Waits until nothing has arrived for 6 s, longer than one sample of ours; for two minutes at most. */
async function untilQuiet({ arrivals }: Receiver): Promise<void> {
  const start = performance.now()
  const isQuiet = () => performance.now() - (arrivals.at(-1)?.at ?? 0) > 6000
  while (!isQuiet() && performance.now() - start < 120_000) await sleep(500)
}
