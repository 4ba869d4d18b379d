import { defer, mergeMap, type OperatorFunction } from 'rxjs'
import type { Payload } from '../sinks/payload.ts'
import type { Sealed } from '../sinks/sink.ts'
import type { Draft } from '../sources/reading.ts'

declare const __VERSION__: string

/**
 * Numbers the payloads of one view: `seq` counts up from 0, `id` is the view's own key with it. One that is told before
 * it closes (it has a `slot`) gets its number then, and keeps it. `finish` sees the last form of each; what it drops
 * uses up no number, and what was told of it before is taken back.
 */
export const seal =
  (key: string, finish: (payload: Payload) => Payload | null): OperatorFunction<Draft, Sealed> =>
  (draft$) =>
    defer(() => {
      let next = 0
      // entries wait in several parcels at once, samples in one
      const numbers = { entries: [] as number[], samples: [] as number[] }
      return draft$.pipe(
        mergeMap(({ slot, ...draft }) => {
          const open = draft.view.resources ? numbers.entries : numbers.samples
          const at = slot ?? 0
          const seq = open[at] ?? next
          const isKnown = at < open.length
          const beacon = { id: `${key}-${seq}`, seq, ...draft.beacon, version: __VERSION__ }
          const payload = finish({ ...draft, beacon })
          if (!payload && !isKnown) return []
          if (!isKnown) open[at] = next++
          if (payload && slot === undefined) open.shift()
          return [{ id: beacon.id, payload, isOpen: !payload || slot !== undefined }]
        }),
      )
    })
