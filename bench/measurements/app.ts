import { setTimeout as sleep } from 'node:timers/promises'
import { cpuTime } from '../chromium/cpuTime.ts'
import { click, middle, press } from '../chromium/input.ts'
import type { Tab } from '../chromium/tab.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'

/** What a client costs while a visitor uses a single-page app. */
export const app: Measurement = {
  name: 'app',
  about:
    'The single-page app from navigation to the end of a visit of 25 s: 10 routes, 130 keys, 20 clicks, 60 requests; CPU ' +
    'time of the main thread.',
  scenes: { visit },
  columns: [
    { key: 'mainThread', title: 'whole main thread, ms', digits: 0 },
    { key: 'difference', value: 'mainThread', against: 'difference', title: 'more than the page alone, ms', digits: 0 },
    { key: 'ratio', value: 'mainThread', against: 'ratio', title: '× page alone', digits: 2 },
  ],
}

const routes = 10
const words = 'running shoes'
const expected = { routes, keys: routes * words.length, clicks: routes * 2, fetches: routes * 6 }

async function visit({ site, openTab }: Visit): Promise<Sample> {
  const tab = await openTab()
  await tab.open(`${site.origin}/app`)
  await play(tab)
  await checkPlayed(tab)
  return { mainThread: (await cpuTime(tab)).tasks }
}

/** On each route: its link, a search, and the first product into the basket. By the clock, so all visits are as long. */
async function play(tab: Tab): Promise<void> {
  const pause = metronome()
  await pause(1000)
  for (let route = 1; route <= routes; route++) {
    await click(tab, await middle(tab, `nav a:nth-child(${route})`))
    await pause(500)
    for (const letter of words) {
      await press(tab, letter)
      await pause(110)
    }
    await pause(200)
    await click(tab, await middle(tab, 'li button'))
    await pause(270)
  }
  await pause(1000)
}

/** Pauses that end at fixed times after the first one began, however long it took to do something between them. */
function metronome(): (duration: number) => Promise<void> {
  const start = performance.now()
  let beat = 0
  return async (duration) => {
    beat += duration
    await sleep(Math.max(0, start + beat - performance.now()))
  }
}

/** A visit in which the page has missed an input is no visit. */
async function checkPlayed(tab: Tab): Promise<void> {
  const done = JSON.stringify(await tab.evaluate('done'))
  if (done !== JSON.stringify(expected)) throw new Error(`expected ${JSON.stringify(expected)} to be done, got ${done}`)
}
