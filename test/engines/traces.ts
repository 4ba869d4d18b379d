import { setTimeout as wait } from 'node:timers/promises'
import type { Arrival } from '../browser/harness/inbox.ts'
import type { Tab } from './driver/tab.ts'

/** Goes before the client: tells in `isPatched()` whether the console is still the page's own. */
export const watched = '<script>{ const own = console.error; var isPatched = () => console.error !== own }</script>'

/** What a client that collects leaves in a page; nothing, if it does not. */
export async function traces(visitor: Tab) {
  await visitor.script('var traces = { isPatched: isPatched(), stored: Object.keys(localStorage) }')
  return visitor.run(() => (window as unknown as { traces: { isPatched: boolean; stored: string[] } }).traces)
}

/** Some rounds of sampling in a page that would have much to tell, then a sign from the page itself, which is hidden. */
export async function stir(visitor: Tab): Promise<void> {
  await visitor.script(`
    CRUM.addEvent('stirred')
    console.error('stirred')
    performance.mark('HE-stirred')
    document.addEventListener('visibilitychange', () => {
      setTimeout(() => fetch('/end', { method: 'POST', body: '{}' }), 100)
    })
  `)
  await wait(900)
  await visitor.hide()
}

/** Whether the sign of the page has come. */
export const hasEnded = (beacons: Arrival[]) => beacons.some(({ path }) => path === '/end')

/** What the client has sent. */
export const posts = (beacons: Arrival[]) => beacons.filter(({ path }) => path !== '/end')
