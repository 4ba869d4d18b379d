import type { ViewIdentity } from './payload.ts'
import { pick } from './pick.ts'

/** What a payload tells of a location; `''` for each part that is not there. */
export const locationParts = pick<Omit<ViewIdentity, 'visibility' | 'id' | 'startTime' | 'referer'>>(
  ...(['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'] as const),
)
