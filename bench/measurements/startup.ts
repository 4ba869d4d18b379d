import { setTimeout as sleep } from 'node:timers/promises'
import { cpuTime } from '../chromium/cpuTime.ts'
import { recordTrace } from '../chromium/recordTrace.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'
import { costs } from '../trace/costs.ts'

/** What a client costs while the page loads. */
export const startup: Measurement = {
  name: 'startup',
  about: 'The shop page from navigation to 2 s after `load`: CPU time of the main thread.',
  scenes: { load, unprofiled },
  columns: [
    { key: 'charged', title: 'charged to the script, ms', digits: 1 },
    { key: 'evaluate', title: 'of it evaluation, ms', digits: 1 },
    { key: 'worstTask', title: 'most of it in one later task, ms', digits: 1 },
    { key: 'mainThread', title: 'whole main thread, ms', digits: 0 },
    { key: 'ratio', value: 'mainThread', against: 'ratio', title: 'whole main thread, × page alone', digits: 2 },
    { key: 'plainEvaluate', title: 'evaluation without the profiler, ms', digits: 1 },
    {
      key: 'plainRatio',
      value: 'plainMainThread',
      against: 'ratio',
      title: 'main thread without the profiler, × page alone',
      digits: 2,
    },
  ],
}

const timeline = ['devtools.timeline']
const profiled = [...timeline, 'disabled-by-default-devtools.timeline', 'disabled-by-default-v8.cpu_profiler']

async function load(visit: Visit): Promise<Sample> {
  return traced(visit, profiled)
}

/** V8 notes each function that it has compiled for the profiler: a visitor without one does not pay for that. */
async function unprofiled(visit: Visit): Promise<Sample> {
  const { evaluate, mainThread } = await traced(visit, timeline)
  return { plainEvaluate: evaluate, plainMainThread: mainThread }
}

async function traced({ site, openTab }: Visit, categories: string[]) {
  const tab = await openTab()
  const stop = await recordTrace(tab.browser, categories)
  await tab.open(`${site.origin}/shop`)
  await sleep(2000)
  const { tasks } = await cpuTime(tab)
  const events = await stop()
  return { mainThread: tasks, ...costs(events, tab.frame, (url) => url.startsWith(site.receiver.origin)) }
}
