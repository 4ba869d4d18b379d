import type { Tab } from './tab.ts'

/** The JavaScript heap of the page, KiB, once nothing more can be collected. */
export async function heap(tab: Tab): Promise<number> {
  // what a first collection has finalized goes with the next
  for (let i = 0; i < 3; i++) await tab.send('HeapProfiler.collectGarbage')
  const { usedSize } = await tab.send<{ usedSize: number }>('Runtime.getHeapUsage')
  return usedSize / 1024
}
