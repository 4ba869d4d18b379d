import type { Tab } from './tab.ts'

/** CPU time of a page's main thread since its tab was opened, ms. */
export interface CpuTime {
  /** All its tasks. */
  tasks: number
  /** Scripts alone. */
  scripts: number
}

/** Reads the clocks of the page that the tab shows. */
export async function cpuTime(tab: Tab): Promise<CpuTime> {
  const { metrics } = await tab.send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics')
  const seconds = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { tasks: seconds('TaskDuration') * 1000, scripts: seconds('ScriptDuration') * 1000 }
}
