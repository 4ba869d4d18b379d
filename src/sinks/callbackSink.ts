import { catchError, map, mergeMap, type ObservableInput } from 'rxjs'
import { messageOf } from '../payload/messageOf.ts'
import type { Payload } from '../payload/payload.ts'
import { promised } from '../rx/promised.ts'
import { sentBy } from './sentBy.ts'
import type { Delivery, Scope, Sink } from './sink.ts'

/**
 * Hands each payload to a function, at the moment that it is sealed. It counts as sent when the function has returned, or
 * its promise has resolved; as dropped, with the message as its cause, when it throws or rejects. Nothing is kept or tried
 * again.
 */
export const callbackSink =
  (callback: (payload: Payload, scope: Scope) => unknown): Sink =>
  (payload$, scope) =>
    payload$.pipe(
      mergeMap((payload) =>
        promised((): ObservableInput<unknown> => {
          const answer = callback(payload, scope)
          return isPromise(answer) ? answer : [answer]
        }).pipe(
          map(() => sentBy('callback', payload)),
          catchError((error): Delivery[] => [
            { ...sentBy('callback', payload), type: 'drop', cause: messageOf(error), dropped: payload.beacon.dropped },
          ]),
        ),
      ),
    )

const isPromise = (answer: unknown): answer is PromiseLike<unknown> => typeof Object(answer).then === 'function'
