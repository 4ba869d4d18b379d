/** A value as OTLP's JSON has it; without a member it is empty. A 64-bit integer is a text. */
export interface AnyValue {
  stringValue?: string
  boolValue?: boolean
  intValue?: string
  doubleValue?: number
  arrayValue?: { values: AnyValue[] }
  kvlistValue?: { values: KeyValue[] }
}

/** An attribute as OTLP's JSON has it. */
export interface KeyValue {
  key: string
  value: AnyValue
}

/** Attributes by name. What is `undefined`, `null` or `''` is not told. */
export type Attributes = Record<string, unknown>

/** Any JSON value. A number is a double, so that a measure has one type whether or not it is whole. */
export const anyValue = (value: unknown): AnyValue => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return { doubleValue: value }
  if (typeof value === 'bigint') return { intValue: `${value}` }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } }
  return Object(value) === value ? { kvlistValue: { values: keyValues(value as Attributes) } } : {}
}

/** Attributes as a list. */
export const keyValues = (attributes: Attributes): KeyValue[] =>
  Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => ({ key, value: anyValue(value) }))

/** A count or a code: a whole number, which OTLP tells apart from a measure. `undefined` for what is none. */
export const whole = (value: unknown): bigint | undefined =>
  Number.isInteger(value) ? BigInt(value as number) : undefined
