import { of, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Payload } from '../../src/payload/payload'
import { broadcastSink } from '../../src/sinks/broadcastSink'
import { fakePage } from '../helpers/page'
import { payloadWith } from '../helpers/payload'
import { scopeWith } from '../helpers/scope'
import { watch } from '../helpers/watch'

/** What is posted, and how many channels are open. */
const channels = () => {
  const posted: [name: string, message: unknown][] = []
  let open = 0
  class BroadcastChannel {
    constructor(readonly name: string) {
      open++
    }
    postMessage(message: unknown) {
      posted.push([this.name, message])
    }
    close() {
      open--
    }
  }
  return { BroadcastChannel, posted, open: () => open }
}

describe('broadcastSink', () => {
  test.for([undefined, 'debug'])('posts each payload to the channel %s, and leaves none open', (name) => {
    const { BroadcastChannel, posted, open } = channels()
    const payload$ = new Subject<Payload>()
    const { seen } = watch(broadcastSink(name)(payload$, scopeWith({ page: fakePage({ BroadcastChannel }) })))
    const payload = payloadWith()
    payload$.next(payload)

    expect(posted).toEqual([[name ?? 'crum', payload]])
    expect(open()).toBe(0)
    expect(seen).toEqual([{ type: 'sent', way: 'broadcast', id: payload.beacon.id, seq: 0, reason: 'sample' }])
  })

  test('gives up, and says so, where the browser has no channels', () => {
    const { seen, end } = watch(
      broadcastSink()(of(payloadWith()), scopeWith({ page: fakePage({ BroadcastChannel: undefined }) })),
    )

    expect(seen).toEqual([{ type: 'error', part: 'broadcast', message: 'the browser has no BroadcastChannel' }])
    expect(end.completed).toBe(true)
  })
})
