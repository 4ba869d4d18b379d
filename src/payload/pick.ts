import { tenths } from './rounding.ts'
import { toJson } from './toJson.ts'

/**
 * Makes a copy of the named properties of a browser's object: numbers as times (`tenths`), texts bounded, `''` for a
 * property that the object does not have.
 */
export const pick =
  <T>(...names: (keyof T & string)[]) =>
  (from: object): T => {
    const copy: Record<string, unknown> = {}
    for (const name of names) {
      const value = (from as Partial<T>)[name] ?? ''
      copy[name] = typeof value === 'number' ? tenths(value) : toJson(value)
    }
    return copy as T
  }
