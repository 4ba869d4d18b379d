import { setTimeout as wait } from 'node:timers/promises'
import { each } from './each.ts'
import { crash, inOrder, killBrowser, killRenderers, terminate } from './happenings.ts'
import type { Scenario } from './scenario.ts'
import { slowly } from './slowly.ts'

/** The page dies, and hears nothing of it. */
export const dying: Scenario[] = [
  { name: "The page's process crashes", apart: true, guarantee: 'at once', counts: 'written', happens: crash },
  { name: "The page's process is killed", guarantee: 'at once', counts: 'written', happens: killRenderers },
  {
    name: 'The tab is frozen, then discarded',
    guarantee: 'at once',
    counts: 'written',
    happens: inOrder(
      each((tab) => tab.send('Page.setWebLifecycleState', { state: 'frozen' })),
      () => wait(300),
      killRenderers,
    ),
  },
  {
    name: 'The browser is killed',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    happens: killBrowser,
  },
  {
    name: 'The browser is terminated by the system (SIGTERM)',
    guarantee: 'next visit',
    counts: 'written',
    devices: 2,
    happens: terminate,
  },
  {
    name: 'The browser is killed: console lines and marks older than 1 s',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    tells: 'lines and marks',
    happens: killBrowser,
  },
  {
    name: 'The browser is killed with two tabs of the site open',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    tabs: 2,
    happens: killBrowser,
  },
  {
    name: 'The browser is killed with five tabs of the site open',
    guarantee: 'next visit',
    counts: 'kept',
    settings: slowly,
    devices: 2,
    tabs: 5,
    happens: killBrowser,
  },
]
