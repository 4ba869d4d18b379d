import type { Reading } from './reading.ts'
import { shown } from './shown.ts'
import { stringify } from './stringify.ts'

/** Sections of a payload, and fields of a view. */
const fieldForm = /^(view|attributes|audits|metrics|view\.\w+(\[\])?)$/

/**
 * Returns a copy of a reading. Throws a `TypeError` that names what was given and what was expected if it is no reading, or
 * does not go together with those before it; the value of a late reading is checked when it is worked out. `fields` are the
 * fields that are known, as a list or not; new ones are added.
 */
export const assertReading = (reading: Reading, fields: Set<string>): Reading => {
  const { field, late, batch, cut } = Object(reading) as { [Part in keyof Reading]?: unknown }
  if (typeof field !== 'string' || !fieldForm.test(field) || field.replace(/view\.|\[]/g, '') in {}) {
    const where = 'with a field like view.carts, view.carts[] or metrics'
    throw TypeError(`${shown(reading)} is no reading, expected {field, value} ${where}`)
  }
  const other = field.endsWith('[]') ? field.slice(0, -2) : `${field}[]`
  if (fields.has(other)) throw TypeError(`${field} is already known as ${other}`)
  fields.add(field)
  if (typeof late !== 'function') {
    const { value } = reading
    assertValue(field, value)
    return { field, value, cut } as Reading
  }
  const whenAsked = (until: unknown) => {
    const value = late(until)
    if (value !== undefined) assertValue(field, value)
    return value
  }
  // its value is left alone: it may be worked out when it is read first
  return { field, cut, late: whenAsked, batch } as unknown as Reading
}

const assertValue = (field: string, value: unknown) => {
  if (stringify(value) === undefined)
    throw TypeError(`the value of ${field} is ${shown(value)}, expected one with a JSON form`)
  if (!field.includes('.') && (Object(value) !== value || Array.isArray(value)))
    throw TypeError(`the value of ${field} is ${shown(value)}, expected an object`)
}
