import type { ViewIdentity } from './payload.ts'
import { pick } from './pick.ts'

type LocationParts = Omit<ViewIdentity, 'visibility' | 'id' | 'startTime' | 'referer'>

/**
 * What a payload tells of a location; `''` for each part that is not there. That of a `data:` or `blob:` document has the
 * document itself in its path, query and hash: of these it tells the head.
 */
export const locationParts = (location: object): LocationParts => {
  const parts = partsOf(location)
  const { href, protocol } = parts
  return /^(data|blob):/.test(protocol)
    ? { ...parts, pathname: href.slice(protocol.length), search: '', hash: '' }
    : parts
}

const partsOf = pick<LocationParts>(
  ...(['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'] as const),
)
