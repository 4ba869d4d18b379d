import { identity } from 'rxjs'
import { maskUrls } from './maskUrls.ts'
import type { Payload } from './payload.ts'
import { parse, stringify } from './stringify.ts'
import { textOf } from './thrown.ts'

/** What the page's owner may do to each payload: the settings of these names. */
export interface Scrubbing {
  maskUrl: (url: string) => string
  beforeSend: (payload: Payload) => Payload | null
}

/**
 * The last form of a payload: with its URLs masked, and then what `beforeSend` makes of a copy. `null` drops it, and so does
 * a throw of either, which is reported under the function's name.
 */
export const scrub = (
  payload: Payload,
  { maskUrl, beforeSend }: Scrubbing,
  failed: (part: string, error: unknown) => void,
): Payload | null => {
  let part = 'maskUrl'
  try {
    const masked = maskUrl === identity ? payload : maskUrls(payload, maskUrl)
    part = 'beforeSend'
    // a copy: a change in it must not change what later payloads have
    return beforeSend === identity ? masked : judged(beforeSend(parse(stringify(masked))), payload)
  } catch (error) {
    failed(part, error)
    return null
  }
}

/** What has no JSON, or is another thing than a payload, would stop all that comes after it. */
const judged = (last: Payload | null, { beacon }: Payload): Payload | null => {
  // nothing drops it, as does a function that returns nothing
  if (last == null) return null
  // a copy again: the page may still have it in its hands
  const copy: Payload | undefined = parse(stringify(last) ?? 'null')
  if (copy?.beacon?.id === beacon.id && copy.view) return copy
  throw `it returned ${textOf(last)}, expected the payload or null`
}
