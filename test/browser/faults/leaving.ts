import { setTimeout as wait } from 'node:timers/promises'
import { each } from './each.ts'
import { followLink, quit } from './happenings.ts'
import type { Scenario } from './scenario.ts'

/** The visitor leaves, and the page hears of it. */
export const leaving: Scenario[] = [
  { name: 'A link is followed', guarantee: 'at once', counts: 'told', happens: each(followLink) },
  {
    name: 'A script goes to another page',
    guarantee: 'at once',
    counts: 'told',
    happens: each((tab) => tab.run(() => location.assign('/away'))),
  },
  {
    name: 'The page is reloaded',
    guarantee: 'at once',
    counts: 'told',
    happens: each((tab) => tab.send('Page.reload')),
  },
  {
    name: 'The tab is closed, others stay',
    apart: true,
    guarantee: 'at once',
    counts: 'told',
    happens: each(async (tab) => {
      await tab.run(() => void open('/away'))
      await tab.close()
    }),
  },
  {
    name: 'The window is closed',
    apart: true,
    guarantee: 'at once',
    counts: 'told',
    happens: each((tab) => tab.close()),
  },
  {
    name: 'The page is left and comes back from the back/forward cache, then is left',
    guarantee: 'at once',
    counts: 'told',
    happens: each(async (tab) => {
      const isAway = tab.next(({ method }) => method === 'Page.loadEventFired')
      await followLink(tab)
      await isAway
      await tab.run(() => setTimeout(() => history.back()))
      await wait(1000)
      await followLink(tab)
    }),
  },
  {
    name: 'The page is left with 300 KB waiting',
    guarantee: 'next visit',
    counts: 'told',
    settings: { samplingRate: 10_000 },
    happens: each(async (tab) => {
      // less than what one sampling period may hold
      await tab.run(() => {
        const { tellOne } = window as unknown as { tellOne(isLarge: boolean): void }
        for (let i = 0; i < 50; i++) tellOne(true)
      })
      await followLink(tab)
    }),
  },
  { name: 'The browser is quit', guarantee: 'next visit', counts: 'written', devices: 2, happens: quit },
]
