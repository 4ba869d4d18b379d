/** As they were when the client came: a page may replace them later. */
const { parse, stringify: native } = JSON

export { parse }

/**
 * The JSON of plain data; what has none is left out. `JSON.stringify` would call a `toJSON` that an old library has put on
 * `Array.prototype` or `Object.prototype`, and send its quoted text instead. Half a character, which `beforeSend` may have
 * left of a text, becomes U+FFFD: strict parsers refuse all of a JSON with one.
 */
export const stringify = (value: unknown): string => {
  const json = 'toJSON' in [] ? (withoutToJson(value) as string) : native(value)
  // only halves are escaped; behind a backslash stands no escape, but a text
  return json?.includes('\\ud') ? json.replace(/\\(ud\w{3}|.)/g, (whole, code) => (code[3] ? '\ufffd' : whole)) : json
}

/** Asks only primitives for their JSON, which have no use for a `toJSON`; functions have none. */
const withoutToJson = (value: unknown): string | undefined => {
  if (typeof value === 'function') return undefined
  if (Array.isArray(value)) return `[${value.map((item) => withoutToJson(item) ?? 'null')}]`
  if (!value || typeof value !== 'object') return native(value)
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const text = withoutToJson(part)
    return text ? `${native(name)}:${text}` : []
  })
  return `{${parts}}`
}
