import { connect, filter, ignoreElements, map, type OperatorFunction, switchMap, take, takeUntil, tap } from 'rxjs'
import { storable } from './lifecycle.ts'
import { isolate } from './operators/isolate.ts'
import type { Sealed } from './operators/seal.ts'
import { unloading } from './page/unloading.ts'
import { messageOf } from './payload/messageOf.ts'
import type { Payload } from './payload/payload.ts'
import { completionOf } from './rx/completionOf.ts'
import { merge } from './rx/merge.ts'
import type { Delivery, Scope } from './sinks/sink.ts'
import type { Workings } from './workings.ts'

/** From sealed payloads, open ones apart, through each sink to what becomes of them. */
export const send =
  (own: Workings): OperatorFunction<Sealed, Delivery> =>
  (sealed$) => {
    const { page, fetch, absolute, quietly, config, sinks, open$, calm$, stop$, waiting$, look$, session, note } = own
    const noteOutcome = ({ type, ...detail }: Delivery) => {
      if (type === 'error') return own.fail(detail.part as string, detail.message as string)
      if (type === 'drop') {
        own.limits.drop(detail.cause as string)
        // nobody else has heard of these
        for (const [cause, count] of Object.entries(detail.dropped ?? {})) own.limits.drop(cause, Number(count))
      }
      note(type, detail)
    }
    return sealed$.pipe(
      connect((sealed$) => {
        const payload$ = sealed$.pipe(
          filter(({ isOpen }) => !isOpen),
          map(({ payload }) => payload as Payload),
        )
        const scope: Scope = {
          page,
          fetch,
          absolute,
          settings: config,
          open$,
          notes: session,
          quietly,
          look: () => look$.next(),
          reading$: waiting$,
          mayStore$: storable(own),
          pending$: sealed$.pipe(filter(({ isOpen }) => isOpen)),
        }
        const failed = (error: unknown) => own.fail('sink', messageOf(error))
        const delivery$ = merge(
          ...sinks.map((sink) => isolate(() => sink(payload$, scope).pipe(tap(noteOutcome)), { failed })),
        )
        // not while the page starts: nothing leaves before these, which the sinks hear before the samples do
        const ready$ = merge(calm$, open$, stop$).pipe(take(1))
        // heard before the page's end closes a sample
        const unloading$ = unloading(page).pipe(takeUntil(completionOf(sealed$)))
        return merge(unloading$, sealed$.pipe(ignoreElements()), ready$.pipe(switchMap(() => delivery$)))
      }),
    )
  }
