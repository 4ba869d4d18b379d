import { merged } from './merged.ts'
import type { Attributes, ViewIdentity } from './payload.ts'
import { type Reading, valueIn } from './reading.ts'

/** Who and where: the parts of `view` and `attributes` that every payload repeats. */
export interface Identity {
  view: ViewIdentity
  attributes: Attributes
}

/** A route, from one path or name to the next. */
interface Route {
  /** Its name, or its path. */
  id: string
  pathname: string | undefined
  /** Something of it has left under its name. */
  hasLeft: boolean
}

/**
 * Gathers the identity from readings of `view` and `attributes`. A `view` reading with another `id` or path begins a route
 * if a cut is before it; else its `id` names the route from its start, in what has closed and still waits as well.
 */
export const identityKeeper = () => {
  const unread = new Set<Reading>()
  const routes = new WeakMap<Identity, Route>()
  let identity = { view: {}, attributes: {} } as Identity
  let route: Route | undefined
  let isCut = false

  const follow = ({ field, value, cut }: Reading) => {
    if (field !== 'view') return
    isCut ||= cut === 'route'
    const { id, pathname } = value
    if (id === undefined) return
    if (!route || (isCut && (id !== route.id || pathname !== route.pathname))) route = { id, pathname, hasLeft: false }
    route.id = id
    isCut = false
  }

  const now = (): Identity => {
    for (const reading of unread) {
      const { field, late } = reading as { field: keyof Identity; late: unknown }
      const value = valueIn(reading)
      if (value !== undefined) {
        identity = merged(identity, { [field]: value })
        if (late) follow(reading)
      }
      unread.delete(reading)
    }
    if (!route) return identity
    const named = route
    const view = {
      ...identity.view,
      get id() {
        return named.id
      },
    }
    const current = { ...identity, view }
    routes.set(current, named)
    return current
  }

  return {
    learn: (reading: Reading): void => {
      if (!isIdentity(reading)) return
      unread.add(reading)
      if (!reading.late) follow(reading)
    },
    /** As it is now; late values are worked out here. */
    now,
    /** Something has left under this identity. */
    left: (identity: Identity): void => {
      const left = routes.get(identity)
      if (left) left.hasLeft = true
    },
    /** Whether something of the current route has left. */
    hasLeft: (): boolean => !!route?.hasLeft,
  }
}

export type IdentityKeeper = ReturnType<typeof identityKeeper>

/** The fields of `view` that every payload repeats; all others are readings. */
export const identityFields =
  'id startTime timeOrigin href protocol host hostname port pathname search hash origin referer visibility'.split(' ')

/** Whether a reading belongs to the identity. */
export const isIdentity = ({ field }: Reading): boolean => field === 'view' || field === 'attributes'
