import { type OperatorFunction, scan } from 'rxjs'
import type { Attributes, ViewIdentity } from '../payload/payload.ts'
import type { Reading } from '../payload/reading.ts'
import type { Admitted } from './quota.ts'

/** Who and where: the parts of `view` and `attributes` that every payload repeats. */
export interface Identity {
  view: ViewIdentity
  attributes: Attributes
}

/** A reading with the identity that held when it was read. */
export type Identified = Admitted & { identity: Identity }

/**
 * Gives each reading the identity that holds with it, so that what waits for its beacon still tells of the route on
 * which it was read.
 */
export const identify = (): OperatorFunction<Admitted, Identified> =>
  scan(({ identity }, reading): Identified => ({ ...reading, identity: learn(identity, reading) }), {
    identity: nobody,
  } as Identified)

const nobody = { view: {}, attributes: {} } as Identity

const learn = (identity: Identity, { field, value }: Reading): Identity =>
  field === 'view' || field === 'attributes' ? { ...identity, [field]: { ...identity[field], ...value } } : identity
