import { setTimeout as wait } from 'node:timers/promises'
import { each } from './each.ts'
import { crash, inOrder, killBrowser, killRenderers, terminate } from './happenings.ts'
import type { Scenario } from './scenario.ts'

/** The page dies, and hears nothing of it. */
export const dying: Scenario[] = [
  { name: "The page's process crashes", guarantee: 'at once', ends: 'by a blow', happens: crash },
  { name: "The page's process is killed", guarantee: 'at once', ends: 'by a blow', happens: killRenderers },
  {
    name: 'The tab is frozen, then discarded',
    guarantee: 'at once',
    ends: 'by a blow',
    happens: inOrder(
      each((tab) => tab.send('Page.setWebLifecycleState', { state: 'frozen' })),
      () => wait(300),
      killRenderers,
    ),
  },
  { name: 'The browser is killed', guarantee: 'next visit', ends: 'by a blow', devices: 2, happens: killBrowser },
  {
    name: 'The browser is terminated by the system (SIGTERM)',
    guarantee: 'next visit',
    ends: 'by a blow',
    devices: 2,
    happens: terminate,
  },
  {
    name: 'The browser is killed, console lines, all but those of the last 250 ms',
    guarantee: 'next visit',
    ends: 'by a blow',
    devices: 2,
    tells: 'console',
    grace: 250,
    happens: killBrowser,
  },
  {
    name: 'The browser is killed, marks, all but those of the last 250 ms',
    guarantee: 'next visit',
    ends: 'by a blow',
    devices: 2,
    tells: 'marks',
    grace: 250,
    happens: killBrowser,
  },
  {
    name: 'The browser is killed with two tabs of the site open',
    guarantee: 'next visit',
    ends: 'by a blow',
    devices: 2,
    tabs: 2,
    happens: killBrowser,
  },
  {
    name: 'The browser is killed with five tabs of the site open',
    guarantee: 'next visit',
    ends: 'by a blow',
    devices: 4,
    tabs: 5,
    happens: killBrowser,
  },
]
