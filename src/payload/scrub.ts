import { identity } from 'rxjs'
import { maskUrls } from './maskUrls.ts'
import type { Payload } from './payload.ts'
import { parse, stringify } from './stringify.ts'

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
    const last = beforeSend === identity ? masked : beforeSend(parse(stringify(masked)))
    return last?.beacon ? last : null
  } catch (error) {
    failed(part, error)
    return null
  }
}
