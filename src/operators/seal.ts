import { map, type OperatorFunction } from 'rxjs'
import type { Payload } from '../sinks/payload'
import type { Draft } from '../sources/reading'

declare const __VERSION__: string

/** Numbers the payloads of one view: `seq` counts up from 0, `id` is the view's own key with it. */
export const seal = (key: string): OperatorFunction<Draft, Payload> =>
  map((draft, seq) => ({ ...draft, beacon: { id: `${key}-${seq}`, seq, ...draft.beacon, version: __VERSION__ } }))
