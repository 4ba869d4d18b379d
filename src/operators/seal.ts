import { defer, mergeMap, type OperatorFunction } from 'rxjs'
import type { Payload } from '../payload/payload.ts'
import type { UnsealedPayload } from '../payload/sample.ts'

declare const __VERSION__: string

/** A payload with its number, or an open one: what would be sent if the page ended now. */
export interface Sealed {
  id: string
  /** `null`: what was known of this one before is not to be sent. */
  payload: Payload | null
  isOpen: boolean
}

/**
 * Numbers the payloads of one view: `seq` counts up from 0, `id` is the view's own key with it. A payload that is looked at
 * while it is open gets its number then, and keeps it, also where it comes twice. `finish` sees the last form of each payload. What it drops uses up
 * no number, and takes back what was known of it before.
 */
export const seal =
  (key: string, finish: (payload: Payload) => Payload | null): OperatorFunction<UnsealedPayload, Sealed> =>
  (payload$) =>
    defer(() => {
      // those that were given back, then the first that was never used
      const free: [number, ...number[]] = [0]
      const numbers = new WeakMap<object, number>()
      return payload$.pipe(
        mergeMap(({ isOpen, draft = {}, ...rest }) => {
          const known = numbers.get(draft)
          const isKnown = known !== undefined
          const seq = known ?? free[0]
          // taken at once: `finish` calls functions of the page's owner, which may close the next sample
          if (!isKnown) {
            numbers.set(draft, seq)
            free.shift()
            free[0] ??= seq + 1
          }
          const beacon = { id: `${key}-${seq}`, seq, ...rest.beacon, version: __VERSION__ }
          const payload = finish({ ...rest, beacon })
          if (!payload && !(isOpen && isKnown)) {
            numbers.delete(draft)
            free.unshift(seq)
          }
          return payload || isKnown ? [{ id: beacon.id, payload, isOpen: isOpen || !payload }] : []
        }),
      )
    })
