/** A copy of `into` with the values of `from`. What is an object in both (`device`, `attribution`) is merged likewise. */
export const merged = <T extends object>(into: T, from: object): T => {
  const copy = { ...into } as Record<string, unknown>
  for (const [name, value] of Object.entries(from)) {
    const known = copy[name]
    copy[name] = isObject(value) && isObject(known) ? merged(known, value) : value
  }
  return copy as T
}

const isObject = (value: unknown): value is object => Object(value) === value && !Array.isArray(value)
