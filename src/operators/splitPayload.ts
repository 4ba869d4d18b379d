import { mergeMap, type OperatorFunction } from 'rxjs'
import { json } from '../sinks/json.ts'
import type { Draft } from '../sources/reading.ts'

/**
 * Halves the lists of a payload of more than `most` bytes until each part is within, and lets the parts go one after
 * the other; what is no list stays in the first. A single item that is larger passes whole.
 */
export const splitPayload = (most: number): OperatorFunction<Draft, Draft> => mergeMap((draft) => split(draft, most))

const split = (draft: Draft, most: number): Draft[] => {
  if (new Blob([json(draft)]).size <= most) return [draft]
  const { session, view, attributes, beacon } = draft
  const first = {} as Draft['view'] & Record<string, unknown>
  const second = {} as typeof first
  let isHalved = false
  for (const [name, value] of Object.entries(view)) {
    first[name] = value
    if (Array.isArray(value) && value.length > 1) {
      isHalved = true
      first[name] = value.slice(0, value.length / 2)
      second[name] = value.slice(value.length / 2)
    } else if (typeof value === 'string' || name === 'startTime') second[name] = value
  }
  if (!isHalved) return [draft]
  const rest = { session, view: second, attributes, beacon: { reason: beacon.reason } }
  return [{ ...draft, view: first }, rest].flatMap((part) => split(part, most))
}
