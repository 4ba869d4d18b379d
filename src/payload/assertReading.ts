import { isText } from './isText.ts'
import { stringify } from './stringify.ts'
import { toJson } from './toJson.ts'

/** Sections of a payload, and fields of a view. */
const fieldForm = /^(view|attributes|audits|metrics|view\.\w+(\[\])?)$/

/**
 * Hands a reading on. Throws a `TypeError` that says what was given and what was expected, where it is none, or does not
 * go together with those before it. `fields` are the fields that are known, as a list or not; it gets to know more.
 */
export const assertReading = <T>(reading: T, fields: Set<string>): T => {
  const { field, value } = Object(reading) as { field?: unknown; value?: unknown }
  if (!isText(field) || !fieldForm.test(field) || field.replace(/^view\.|\[]$/g, '') in {}) {
    const where = 'with a field like view.carts, view.carts[] or metrics'
    throw TypeError(`${shown(reading)} is no reading, expected {field, value} ${where}`)
  }
  if (stringify(value) === undefined)
    throw TypeError(`the value of ${field} is ${shown(value)}, expected one with a JSON form`)
  if (!field.includes('.') && (Object(value) !== value || Array.isArray(value)))
    throw TypeError(`the value of ${field} is ${shown(value)}, expected an object`)
  const other = field.endsWith('[]') ? field.slice(0, -2) : `${field}[]`
  if (fields.has(other)) throw TypeError(`${field} is already known as ${other}`)
  fields.add(field)
  return reading
}

const shown = (value: unknown) => stringify(toJson(value)).slice(0, 80)
