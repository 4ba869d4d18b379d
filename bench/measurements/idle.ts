import { setTimeout as sleep } from 'node:timers/promises'
import { cpuTime } from '../chromium/cpuTime.ts'
import { heap } from '../chromium/heap.ts'
import { recordTrace } from '../chromium/recordTrace.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'

/** What a client does while nothing happens. */
export const idle: Measurement = {
  name: 'idle',
  about:
    '20 s of a visible page on which nothing happens, from 8 s after `load`, minus the page alone, whose own row is absolute.',
  scenes: { rest },
  columns: [
    { key: 'timers', against: 'difference', title: 'timers fired', digits: 0 },
    { key: 'frames', against: 'difference', title: 'animation frames', digits: 0 },
    { key: 'idleCallbacks', against: 'difference', title: 'idle callbacks', digits: 0 },
    { key: 'requests', against: 'difference', title: 'requests', digits: 0 },
    { key: 'cpu', against: 'difference', title: 'main thread, ms', digits: 1 },
    { key: 'growth', against: 'difference', title: 'heap growth, KiB', digits: 1 },
  ],
}

async function rest({ site, openTab }: Visit): Promise<Sample> {
  const tab = await openTab()
  await tab.open(`${site.origin}/shop`)
  await sleep(8000)
  const heapBefore = await heap(tab)
  const cpuBefore = await cpuTime(tab)
  const stop = await recordTrace(tab.browser, ['devtools.timeline'])
  await sleep(20_000)
  const cpuAfter = await cpuTime(tab)
  const events = await stop()
  const count = (wanted: string) =>
    events.filter(({ name, args }) => name === wanted && args.data?.frame === tab.frame).length
  return {
    timers: count('TimerFire'),
    frames: count('FireAnimationFrame'),
    idleCallbacks: count('FireIdleCallback'),
    requests: count('ResourceSendRequest'),
    cpu: cpuAfter.tasks - cpuBefore.tasks,
    growth: (await heap(tab)) - heapBefore,
  }
}
