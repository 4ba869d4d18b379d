import { map, type OperatorFunction } from 'rxjs'
import type { Attributes, Audits, Metrics, Payload, Reason, View, ViewIdentity } from './payload.ts'

type News = Omit<View, keyof ViewIdentity>
type Item<T> = T extends readonly (infer I)[] ? I : never

/**
 * The glossary: every field of the payload that a source can fill, and the type of one reading of it.
 *
 * - `view.marks[]` is a list: each reading is one more item.
 * - `view.usedMemory` is a value: the last reading of a sample counts.
 * - `view`, `attributes`, `metrics`, `audits` are several values at once. Those of `view` and `attributes` are the
 *   identity: they stay in every payload from then on.
 *
 * It follows from the payload, so a source of one's own needs no more than a field there:
 * `declare module 'crum' { interface View { carts?: Cart[] } }` makes `into('view.carts[]')` known.
 */
export type Readings = {
  [Field in keyof News as Required<News>[Field] extends readonly unknown[] ? `view.${Field}[]` : never]-?: Item<
    Required<News>[Field]
  >
} & {
  [Field in keyof News as Required<News>[Field] extends readonly unknown[]
    ? never
    : `view.${Field}`]-?: Required<News>[Field]
} & {
  view: Partial<ViewIdentity>
  attributes: Partial<Attributes>
  audits: Partial<Audits>
  metrics: Partial<Metrics>
}

/** One value that a source emitted, with the payload field that it belongs to. */
export type Reading = {
  [Field in keyof Readings]: {
    field: Field
    value: Readings[Field]
    /** Set on the last reading of a sample: why it closes now. */
    cut?: Reason
  }
}[keyof Readings]

/** Names the payload field that a source's values go into. */
export const into = <Field extends keyof Readings>(field: Field): OperatorFunction<Readings[Field], Reading> =>
  map((value) => ({ field, value }) as Reading)

/** A reading that says nothing but: the sample ends here. */
export const cutFor = (cut: Reason): Reading => ({ field: 'view', value: {}, cut })

/** A payload before it is numbered. One that is still open, and what it has become, have the same `slot`. */
export type Draft = Omit<Payload, 'beacon'> & {
  beacon: Pick<Payload['beacon'], 'reason'>
  isOpen?: boolean | undefined
  slot?: object | undefined
}
