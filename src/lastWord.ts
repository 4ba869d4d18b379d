import { messageOf } from './payload/messageOf.ts'
import type { Payload } from './payload/payload.ts'
import { scrub } from './payload/scrub.ts'
import type { Workings } from './workings.ts'

/**
 * The last word of the page's owner on a payload: `maskUrl`, then `beforeSend`. `null` if it is not to be sent, because
 * `beforeSend` says so, or because it cannot be scrubbed. Counts in it what was dropped since the last one.
 */
export const lastWord =
  ({ config, limits, note, fail }: Workings) =>
  (payload: Payload): Payload | null => {
    // one that is only kept, while its sample is open, is not the last word
    const isOpen = payload.beacon.reason === 'recovered'
    if (!isOpen) payload.beacon.dropped = limits.dropped
    let hasFailed = false
    const scrubbed = scrub(payload, config, (part, error) => {
      hasFailed = true
      if (!isOpen) fail(part, `payload dropped: ${messageOf(error)}`)
    })
    if (isOpen) return scrubbed
    if (scrubbed) limits.dropped = undefined
    else if (!hasFailed) note('drop', { cause: 'beforeSend' })
    return scrubbed
  }
