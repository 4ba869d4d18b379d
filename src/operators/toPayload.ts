import { map, type OperatorFunction, scan } from 'rxjs'
import type { Draft } from '../payload/reading.ts'
import type { Identity } from './identify.ts'
import type { SessionParcel } from './keepSession.ts'

/** Lays the readings of each parcel into their payload fields, under the identity of the last of them. */
export const toPayload = (): OperatorFunction<SessionParcel, Draft> => (parcel$) =>
  parcel$.pipe(
    // a sample without a reading tells the identity of the one before
    scan(([, known], parcel) => [parcel, parcel.readings.at(-1)?.identity ?? known] as const, [
      {} as SessionParcel,
      {} as Identity,
    ] as const),
    map(([parcel, identity]) => fill(parcel, identity)),
  )

type Section = Record<string, unknown>

const fill = ({ session, readings, reason, isOpen, slot }: SessionParcel, { view, attributes }: Identity): Draft => {
  const payload: Record<string, Section> = { session: { ...session }, view: { ...view }, attributes: { ...attributes } }
  for (const { field, value } of readings) {
    // identity, which is already in place
    if (field === 'view' || field === 'attributes') continue
    const [section, name, isList] = field.split(/[.[]/) as [string, string?, string?]
    payload[section] ??= {}
    const into = payload[section]
    if (name && isList) {
      into[name] ??= []
      ;(into[name] as unknown[]).push(value)
    } else merge(into, name ? { [name]: value } : (value as Section))
  }
  return { ...payload, beacon: { reason }, isOpen, slot } as unknown as Draft
}

/**
 * Later values replace earlier ones; objects (`attribution`, `softNavigations`) keep what the later one does not name.
 */
const merge = (into: Section, from: Section): Section => {
  for (const [name, value] of Object.entries(from)) {
    into[name] = isObject(value) ? merge(isObject(into[name]) ? into[name] : {}, value) : value
  }
  return into
}

const isObject = (value: unknown): value is Section => Object(value) === value && !Array.isArray(value)
