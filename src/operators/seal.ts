import { defer, mergeMap, type OperatorFunction } from 'rxjs'
import type { Payload } from '../payload/payload.ts'
import type { Draft } from '../payload/reading.ts'

declare const __VERSION__: string

/** A payload with its number, or one that is still open: what would be sent if the page ended now. */
export interface Sealed {
  id: string
  /** `null`: what was told of this one before is not to be sent. */
  payload: Payload | null
  isOpen: boolean
}

/**
 * Numbers the payloads of one view: `seq` counts up from 0, `id` is the view's own key with it. One that is told while
 * it is open gets its number then, and its `slot` keeps it. `finish` sees the last form of each; what it drops
 * uses up no number, and what was told of it before is taken back.
 */
export const seal =
  (key: string, finish: (payload: Payload) => Payload | null): OperatorFunction<Draft, Sealed> =>
  (draft$) =>
    defer(() => {
      // the last one is the next that nobody has had
      const free: [number, ...number[]] = [0]
      const open = new Map<object | undefined, number>()
      return draft$.pipe(
        mergeMap(({ isOpen, slot, ...draft }) => {
          const known = open.get(slot)
          const seq = known ?? free[0]
          const beacon = { id: `${key}-${seq}`, seq, ...draft.beacon, version: __VERSION__ }
          const payload = finish({ ...draft, beacon })
          if (known === undefined) {
            if (!payload) return []
            free.shift()
            free[0] ??= seq + 1
          }
          if (isOpen) open.set(slot, seq)
          else {
            open.delete(slot)
            if (!payload) free.unshift(seq)
          }
          return [{ id: beacon.id, payload, isOpen: isOpen || !payload }]
        }),
      )
    })
