import { connect, filter, mergeMap, type OperatorFunction, tap } from 'rxjs'
import type { Damping } from './damping.ts'
import { chunkEntries } from './operators/chunkEntries.ts'
import { gatherSamples } from './operators/gatherSamples.ts'
import { holdUntil } from './operators/holdUntil.ts'
import { repeatUnfinished } from './operators/repeatUnfinished.ts'
import { pageLeave } from './page/pageLeave.ts'
import type { IdentityKeeper } from './payload/identity.ts'
import { type Accepted, isEntry } from './payload/quota.ts'
import { endsAtOnce, type Reading, unbatched } from './payload/reading.ts'
import type { Sample } from './payload/sample.ts'
import { merge } from './rx/merge.ts'
import type { Workings } from './workings.ts'

/**
 * Two lanes: samples of all readings but resource entries, and these in chunks. A sample whose way was cut short sets out again
 * when the page is left.
 */
export const gather = (
  { page, config, open$, look$, rest }: Workings,
  who: IdentityKeeper,
  { takeTurn, mayLook }: Damping,
): OperatorFunction<Accepted, Sample> =>
  connect((reading$) =>
    merge(
      reading$.pipe(
        filter((reading) => !isEntry(reading)),
        gatherSamples({ rate: config.samplingRate, open$, look$, identity: who.now, takeTurn, mayLook }),
      ),
      reading$.pipe(
        filter(isEntry),
        mergeMap(unbatched),
        chunkEntries(config.maxEntries, config.entriesRate, {
          release$: reading$.pipe(filter(letsEntriesGo)),
          part$: reading$.pipe(filter(isRoute)),
          start$: open$,
          takeTurn,
          toChunk: (readings): Sample => ({ reason: 'entries', readings, identity: who.now(), draft: readings }),
        }),
        holdUntil(open$),
      ),
    ).pipe(repeatUnfinished(pageLeave(page).pipe(tap(rest)))),
  )

/** A cut after which nothing may wait: the backlog of entries goes as well. */
const letsEntriesGo = (reading: Reading) => endsAtOnce(reading) && reading.cut !== 'action'

/** A route is over, and what belongs to it. */
const isRoute = ({ cut }: Reading) => cut === 'route'
