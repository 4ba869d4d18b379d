/** `Object.assign` that reads nothing: what throws when it is read is taken over as well. */
export const withProperties = <T extends object>(object: T, more: object): T =>
  Object.defineProperties(object, Object.getOwnPropertyDescriptors(more))

/** The same object, whose properties of these names throw when they are read. */
export const breaking = <T extends object>(object: T, ...names: string[]): T => {
  const get = () => {
    throw new Error('theirs')
  }
  for (const name of names) Object.defineProperty(object, name, { get, enumerable: true, configurable: true })
  return object
}
