import { merged } from './merged.ts'
import type { Attributes, ViewIdentity } from './payload.ts'
import { type Reading, valueIn } from './reading.ts'

/** Who and where: the parts of `view` and `attributes` that every payload repeats. */
export interface Identity {
  view: ViewIdentity
  attributes: Attributes
}

/** Gathers the identity from readings of `view` and `attributes`. */
export const identityKeeper = () => {
  const unread: Reading[] = []
  let identity = { view: {}, attributes: {} } as Identity
  return {
    learn: (reading: Reading): void => {
      if (isIdentity(reading)) unread.push(reading)
    },
    /** As it is now; late values are worked out here. */
    now: (): Identity => {
      for (const reading of unread.splice(0)) {
        const { field } = reading as { field: keyof Identity }
        identity = merged(identity, { [field]: valueIn(reading) })
      }
      return identity
    },
  }
}

export type IdentityKeeper = ReturnType<typeof identityKeeper>

/** Whether a reading belongs to the identity. */
export const isIdentity = ({ field }: Reading): boolean => field === 'view' || field === 'attributes'
