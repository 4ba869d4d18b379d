import { EMPTY, filter, finalize, map, type Observable, takeUntil, tap } from 'rxjs'
import type { Collector, Options } from './collector.ts'
import { damping } from './damping.ts'
import { printLines } from './devtools/printLines.ts'
import { gather } from './gather.ts'
import { lastWord } from './lastWord.ts'
import { calming, opening, type ViewStart, views } from './lifecycle.ts'
import { observe } from './observe.ts'
import { distinctPayload } from './operators/distinctPayload.ts'
import { isolate } from './operators/isolate.ts'
import { type Sealed, seal } from './operators/seal.ts'
import { toPayload } from './operators/toPayload.ts'
import { debugging } from './page/debugging.ts'
import { isPrerendering } from './page/prerendering.ts'
import { uuid } from './page/uuid.ts'
import { identityKeeper } from './payload/identity.ts'
import { messageOf } from './payload/messageOf.ts'
import { isEntry } from './payload/quota.ts'
import type { Sample } from './payload/sample.ts'
import { merge } from './rx/merge.ts'
import { send } from './send.ts'
import { isSampled } from './session.ts'
import { noteReading, settle } from './settle.ts'
import { type Workings, workings } from './workings.ts'

/** Observes the page and sends what it reads, from now until `stop()`. */
export const collect = (options: Options): Collector => {
  const own = workings(options)
  const { page, config, debug$, note, warn, complete, safely, functions, refused$ } = own
  const isOptedOut = config.respectGpc && (page.navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

  const delivery$ = (isOptedOut ? EMPTY : merge(opening(own), calming(own), views(own, observeView(own)))).pipe(
    send(own),
    finalize(() => note('stop')),
    finalize(complete),
    takeUntil(refused$),
  )

  safely('collect', () => {
    if (debugging(page))
      isolate(() => (options.print ?? printLines)(page)(debug$), {
        failed: (error) => warn('crum:', error),
      }).subscribe()
    note('init', { settings: config })
    // what earlier pages have stored as well
    if (isOptedOut) functions.consent(false)
    // a part fails alone; what ends all the same must not reach the page
    delivery$.subscribe({ error: (error) => own.fail('collect', messageOf(error)) })
  })()
  return { ...functions, debug$ }
}

/** From the page to sealed payloads, for a view that begins then. */
const observeView =
  (own: Workings) =>
  (start: ViewStart): Observable<Sealed> => {
    const { page, config, note, isGranted, session, limits, waiting$, unnaming$, inQuiet } = own
    own.rest()
    const who = identityKeeper()
    const damped = damping(page, config)
    // keys that sort by the start of their views
    const key = `${Math.round(page.performance.timeOrigin + start.since)}-${uuid(page)}`
    const sample$ = observe(own, { ...start, hasLeft: who.hasLeft }).pipe(
      map(limits.accept),
      filter((reading) => reading !== undefined),
      tap((reading) => {
        who.learn(reading)
        damped.hear(reading)
        noteReading(own, reading)
        if (!isEntry(reading)) waiting$.next(reading)
      }),
      gather(own, who, damped),
      filter(() => isGranted() && !isPrerendering(page)),
      tap(settle(own)),
      tap(({ isOpen, isHeld, identity }) => isOpen || isHeld || who.left(identity)),
    )
    const sealed$ = sample$.pipe(
      inQuiet(),
      map((sample) => ({ ...sample, session: isLoop(sample) ? session.keepAlive() : session.current() })),
      filter(({ isHeld, session }) => !isHeld && isSampled(session, config.sampleRate)),
      toPayload(),
      distinctPayload(config.savingMode, () => note('skip')),
      // what `beforeSend` drops may have its echoes as well
      tap(({ isOpen }) => isOpen || damped.leave()),
      seal(key, lastWord(own)),
      tap(({ payload, isOpen }) => isOpen || note('send', payload?.beacon, { payload })),
    )
    return merge(sealed$, unnaming$)
  }

/**
 * The end of a sampling loop, with or without a reading. Entries, and what is still open, only travel along. Where an echo may
 * wait the session is not written either: a page may have wrapped its storage.
 */
const isLoop = ({ isOpen, isHeld, reason }: Sample) => !isOpen && !isHeld && reason !== 'entries'
