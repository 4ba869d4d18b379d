import { setTimeout as wait } from 'node:timers/promises'
import { each } from './each.ts'
import { followLink, goOffline, quit } from './happenings.ts'
import type { Scenario } from './scenario.ts'

/** The visitor leaves, and the page hears of it. */
export const leaving: Scenario[] = [
  { name: 'A link is followed', guarantee: 'at once', ends: 'in order', happens: each(followLink) },
  {
    name: 'A script goes to another page',
    guarantee: 'at once',
    ends: 'in order',
    happens: each((tab) => tab.run(() => location.assign('/away'))),
  },
  {
    name: 'The page is reloaded',
    guarantee: 'at once',
    ends: 'in order',
    happens: each((tab) => tab.send('Page.reload')),
  },
  {
    name: 'The tab is closed, others stay',
    guarantee: 'at once',
    ends: 'in order',
    happens: each(async (tab) => {
      await tab.run(() => void open('/away'))
      await tab.close()
    }),
  },
  { name: 'The window is closed', guarantee: 'at once', ends: 'in order', happens: each((tab) => tab.close()) },
  {
    name: 'The page is left and comes back from the back/forward cache, then is left',
    guarantee: 'at once',
    ends: 'in order',
    happens: each(async (tab) => {
      await followLink(tab)
      await tab.next('Page.loadEventFired')
      await tab.run(() => setTimeout(() => history.back()))
      await wait(1000)
      await followLink(tab)
    }),
  },
  {
    name: 'The page is left with 300 KB waiting',
    guarantee: 'next visit',
    ends: 'in order',
    settings: { samplingRate: 10_000 },
    tells: 'large events',
    happens: each(async (tab) => {
      await tab.run(() => {
        const { tellOne } = window as unknown as { tellOne(): void }
        for (let i = 0; i < 36; i++) tellOne()
      })
      await followLink(tab)
    }),
  },
  {
    name: 'The tab is closed while offline',
    guarantee: 'next visit',
    ends: 'in order',
    happens: each(async (tab) => {
      await goOffline(tab, true)
      await wait(1000)
      await tab.close()
    }),
  },
  { name: 'The browser is quit', guarantee: 'next visit', ends: 'by a blow', devices: 2, happens: quit },
]
