import { defer, map } from 'rxjs'
import { sentBy } from './sentBy.ts'
import type { Delivery, Sink } from './sink.ts'

/**
 * Posts each payload to the BroadcastChannel of that name, in which any page or worker of the origin can listen. A channel
 * is open for one message only, so that none keeps the page out of the back/forward cache. An `error` where the browser has
 * none.
 */
export const broadcastSink =
  (name = 'crum'): Sink =>
  (payload$, { page: { BroadcastChannel } }) =>
    defer(() =>
      BroadcastChannel
        ? payload$.pipe(
            map((payload) => {
              const channel = new BroadcastChannel(name)
              channel.postMessage(payload)
              channel.close()
              return sentBy('broadcast', payload)
            }),
          )
        : [{ type: 'error', part: 'broadcast', message: 'the browser has no BroadcastChannel' } satisfies Delivery],
    )
