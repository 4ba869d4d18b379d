/** The items of a list, each taken out as it is asked for: what nobody came to ask for is still there. */
export function* drain<T>(list: T[]): Generator<T> {
  while (list.length > 0) yield list.shift() as T
}
