import type { MonoTypeOperatorFunction } from 'rxjs'
import { also } from './also.ts'

/** Puts a step on the debug stream. */
export type Note = (type: string, detail?: object) => void

/** Notes each value that passes on the debug stream; changes nothing. */
export const trace = <T>(note: Note, type: string, detail: (value: T) => object): MonoTypeOperatorFunction<T> =>
  also((value) => note(type, detail(value)))
