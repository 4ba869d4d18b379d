import { setTimeout as sleep } from 'node:timers/promises'
import { click, middle } from '../chromium/input.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'
import type { Arrival } from '../site/receiver.ts'

/** What a client sends. */
export const wire: Measurement = {
  name: 'wire',
  about: 'A first visit: load, a click 2 s later, and leaving 1 s after that. Bodies as they arrive, packed or not.',
  scenes: { visit },
  settings: { compress: true },
  columns: [
    { key: 'requests', title: 'requests', digits: 0 },
    { key: 'bytes', title: 'bytes of their bodies', digits: 0 },
    { key: 'query', title: 'bytes of their queries', digits: 0 },
    { key: 'preflights', title: 'CORS preflights', digits: 0 },
  ],
}

async function visit({ site: { origin, receiver }, openTab }: Visit): Promise<Sample> {
  const tab = await openTab()
  await tab.open(`${origin}/shop`)
  await sleep(2000)
  await click(tab, await middle(tab, '#order'))
  await sleep(1000)
  await tab.open(`${origin}/next`)
  // some requests leave after their page
  await sleep(4000)
  return sent(receiver.arrivals)
}

function sent(arrivals: Arrival[]): Sample {
  const requests = arrivals.filter(({ method }) => method !== 'OPTIONS')
  return {
    requests: requests.length,
    bytes: requests.reduce((total, { bytes }) => total + bytes, 0),
    query: requests.reduce((total, { path }) => total + (path.split('?')[1]?.length ?? 0), 0),
    preflights: arrivals.length - requests.length,
  }
}
