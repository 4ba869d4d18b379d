import { tenths } from './rounding.ts'
import { toJson } from './toJson.ts'

/**
 * A copy of the named properties of a browser's object, which is not to be kept: numbers as times (`tenths`), texts
 * bounded, `''` for what it does not have.
 */
export const pick =
  <T>(...names: (keyof T & string)[]) =>
  (from: object): T =>
    Object.fromEntries(
      names.map((name) => {
        const value = (from as Partial<T>)[name] ?? ''
        return [name, typeof value === 'number' ? tenths(value) : toJson(value)]
      }),
    ) as T
