import type { Totals } from '../summaries.ts'
import type { Listener } from './connection.ts'

/** What a page in a frame tells the one around it: so many more beacons are here. */
export interface News {
  came: number
}

/** The same listener; in a frame of its own origin it also tells the page around it what came. */
export function framed(listener: Listener): Listener {
  if (window.parent === window) return listener
  let known: number | undefined
  const tell = ({ beacons }: Totals) => {
    const came = Math.max(0, beacons - (known ?? beacons))
    known = beacons
    if (came) window.parent.postMessage({ came } satisfies News, location.origin)
  }
  return {
    hello: (hello) => {
      listener.hello(hello)
      tell(hello.totals)
    },
    change: (change) => {
      listener.change(change)
      tell(change.totals)
    },
    lost: () => listener.lost(),
  }
}
