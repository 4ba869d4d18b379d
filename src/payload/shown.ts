import { stringify } from './stringify.ts'
import { toJson } from './toJson.ts'

/** A value as a message names it: the beginning of its bounded JSON. */
export const shown = (value: unknown): string =>
  value === undefined ? 'undefined' : stringify(toJson(value)).slice(0, 80)
