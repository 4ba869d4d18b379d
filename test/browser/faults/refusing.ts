import { setTimeout as wait } from 'node:timers/promises'
import { each } from './each.ts'
import { goOffline, inOrder, outage } from './happenings.ts'
import type { Scenario, Stage } from './scenario.ts'

const closeAll = each((tab) => tab.close())

const refuse = async ({ site }: Stage) => {
  await site.shut()
  await wait(3000)
  await site.reopen()
}

/** The receiver does not take what it is sent, or is not there; the page stays open unless it says otherwise. */
export const refusing: Scenario[] = [
  {
    name: 'Offline for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: inOrder(
      each((tab) => goOffline(tab, true)),
      () => wait(3000),
      each((tab) => goOffline(tab, false)),
    ),
  },
  {
    name: 'The receiver answers 503 for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: outage({ status: 503 }),
  },
  {
    name: 'The receiver answers 429 with Retry-After for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: outage({ status: 429, headers: { 'retry-after': '2' } }),
  },
  {
    name: 'The receiver breaks connections off for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: outage('reset'),
  },
  {
    name: 'The receiver refuses connections for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: refuse,
  },
  {
    name: 'The receiver does not answer for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: outage('hang'),
  },
  {
    name: 'The receiver answers 503 every other 300 ms, for three seconds',
    guarantee: 'at once',
    counts: 'told',
    happens: outage(() => (Math.floor(performance.now() / 300) % 2 ? { status: 503 } : {})),
  },
  {
    name: 'The receiver takes no more than 16 KB a beacon (413)',
    guarantee: 'at once',
    counts: 'told',
    happens: async ({ site }) => {
      site.answer = ({ headers }) => (Number(headers['content-length']) > 16_384 ? { status: 413 } : {})
      await wait(2000)
    },
    tells: 'large events',
  },
  {
    name: 'The tab is closed while the receiver answers 503',
    guarantee: 'next visit',
    counts: 'told',
    happens: async (stage) => {
      const over = outage({ status: 503 }, 2)(stage)
      await wait(1000)
      await closeAll(stage)
      await over
    },
  },
  {
    name: 'The tab is closed while the receiver refuses connections',
    guarantee: 'next visit',
    counts: 'told',
    happens: async (stage) => {
      await stage.site.shut()
      await wait(1000)
      await closeAll(stage)
      await wait(500)
      await stage.site.reopen()
    },
  },
]
