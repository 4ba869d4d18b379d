/**
 * The JSON of plain data. `JSON.stringify` would call a `toJSON` that an old library has put on `Array.prototype` or
 * `Object.prototype`, and send its quoted text instead; of a primitive it asks nothing.
 */
export const json = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map((item) => json(item) ?? 'null')}]`
    : value && typeof value === 'object'
      ? `{${Object.entries(value).flatMap(([key, part]) => (part === undefined ? [] : `${JSON.stringify(key)}:${json(part)}`))}}`
      : JSON.stringify(value)
