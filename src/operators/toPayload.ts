import { map, type OperatorFunction } from 'rxjs'
import { isIdentity } from '../payload/identity.ts'
import { merged } from '../payload/merged.ts'
import { valueIn } from '../payload/reading.ts'
import type { SessionSample, UnsealedPayload } from '../payload/sample.ts'

/** Puts the readings of each sample into their payload fields, under the sample's identity. */
export const toPayload = (): OperatorFunction<SessionSample, UnsealedPayload> => map(payloadOf)

type Section = Record<string, unknown>

const payloadOf = ({ session, identity, readings, reason, isOpen, draft }: SessionSample): UnsealedPayload => {
  const { view, attributes } = identity
  const payload: Record<string, Section> = { session: { ...session }, view: { ...view }, attributes: { ...attributes } }
  const places: Record<string, ReturnType<typeof placeOf>> = {}
  for (const reading of readings) {
    if (isIdentity(reading)) continue
    const value = valueIn(reading)
    if (value === undefined) continue
    const { field } = reading
    const place = places[field] ?? placeOf(field)
    places[field] = place
    const { section, name, isList } = place
    const into = payload[section] ?? {}
    payload[section] = into
    if (isList) {
      into[name] ??= []
      ;(into[name] as unknown[]).push(value)
    } else payload[section] = merged(into, name ? { [name]: value } : (value as Section))
  }
  return { ...payload, beacon: { reason }, isOpen, draft } as unknown as UnsealedPayload
}

/** `view.marks[]` → the list `marks` in `view`; `metrics` → the section itself. */
const placeOf = (field: string) => {
  const [section, place = ''] = field.split('.') as [string, string?]
  const isList = place.endsWith('[]')
  return { section, name: isList ? place.slice(0, -2) : place, isList }
}
