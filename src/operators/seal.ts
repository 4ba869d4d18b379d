import { filter, map, type OperatorFunction, scan } from 'rxjs'
import type { Payload } from '../sinks/payload.ts'
import type { Draft } from '../sources/reading.ts'

declare const __VERSION__: string

/**
 * Numbers the payloads of one view: `seq` counts up from 0, `id` is the view's own key with it. `finish` sees the last
 * form of each; what it drops uses up no number.
 */
export const seal =
  (
    key: string,
    finish: (payload: Payload) => Payload | null = (payload) => payload,
  ): OperatorFunction<Draft, Payload> =>
  (draft$) =>
    draft$.pipe(
      scan(
        ({ seq }, draft) => {
          const beacon = { id: `${key}-${seq}`, seq, ...draft.beacon, version: __VERSION__ }
          const payload = finish({ ...draft, beacon })
          return { seq: payload ? seq + 1 : seq, payload }
        },
        { seq: 0 } as { seq: number; payload?: Payload | null },
      ),
      map(({ payload }) => payload),
      filter((payload) => !!payload),
    )
