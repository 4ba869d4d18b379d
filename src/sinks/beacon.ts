import { keepingSink } from './delivery/keepingSink.ts'
import { post } from './delivery/post.ts'
import type { Sink } from './sink.ts'

/**
 * Posts each payload as JSON to the `endpoint` of the settings until the receiver acknowledges it, and emits the outcome.
 * Until then the payload is kept, as are open samples: in the outbox, for the next page of the origin, and with the browser,
 * which sends it when this page is gone. What earlier pages have left in the outbox is sent after the first sample; a page
 * that comes back from the back/forward cache does the same with what the browser took from it as it was left.
 */
export const beaconSink = (): Sink =>
  keepingSink((scope, addressOf) => ({ endpoint: scope.settings.endpoint, request: post(scope, addressOf) }))
