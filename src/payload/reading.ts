import { map, type Observable, type OperatorFunction } from 'rxjs'
import type { Late } from './late.ts'
import type { Attributes, Audits, Metrics, Reason, View, ViewIdentity } from './payload.ts'

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
    /**
     * Works out the value when somebody asks for it first, from what stands in its place until then; `undefined` if there is
     * nothing to report. See `valueIn`.
     */
    late?: ((until: never) => Readings[Field] | undefined) | undefined
    /** Several items of a list that came together stand in the place of the value. They are taken apart when they leave. */
    batch?: readonly unknown[] | undefined
    /** Set on the last reading of a sample: why it closes now. */
    cut?: Reason
  }
}[keyof Readings]

/** Names the payload field that a source's values go into; a function is a late value, see `Late`. */
export const into = <Field extends keyof Readings>(
  field: Field,
): OperatorFunction<Readings[Field] | Late<Readings[Field] | undefined>, Reading> =>
  map((value) => (typeof value === 'function' ? { field, late: value } : { field, value }) as Reading)

/** The value of a reading, which is worked out once if it is a late one. */
export const valueIn = (reading: Reading): unknown => {
  const { late } = reading
  if (late) {
    reading.late = undefined
    reading.value = late(reading.value as never) as never
  }
  return reading.value
}

/** The same for lists of what single values are worked out from. */
export const intoBatches =
  <Field extends keyof Readings, Item>(field: Field, late: (item: Item) => Readings[Field]) =>
  (list$: Observable<Item[]>): Observable<Reading> =>
    list$.pipe(map((batch) => ({ field, batch, late }) as unknown as Reading))

/** The readings of a batch, one by one; any other reading as it is. */
export const unbatched = (reading: Reading): Reading[] => {
  const { field, batch, late } = reading
  return batch ? batch.map((value) => ({ field, value, late }) as Reading) : [reading]
}

/** The same reading with a value that can be read, and replaced, at any time. A copy of it has a value that is worked out. */
export const withValue = (reading: Reading): Reading => {
  if (!reading.late) return reading
  const { field, cut } = reading
  let late: Reading['late'] = () => valueIn(reading) as never
  return Object.defineProperties({ field, ...(cut && { cut }) } as Reading, {
    value: {
      enumerable: true,
      get: () => valueIn(reading),
      set: (value) => {
        late = undefined
        reading.late = undefined
        reading.value = value as never
      },
    },
    // not enumerable: a copy with another value must not get the old one back
    late: { get: () => late, set: (none) => (late = none) },
  })
}

/**
 * Whether a reading ends its sample, and nothing may wait behind it. A route ends one as well, but a page can change that in
 * answer to a beacon.
 */
export const endsAtOnce = ({ cut }: { cut?: Reason | undefined }): boolean => !!cut && cut !== 'route'

/** A reading without a value, which ends its sample. */
export const cutFor = (cut: Reason): Reading => ({ field: 'view', value: {}, cut })
