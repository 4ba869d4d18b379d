import { type MonoTypeOperatorFunction, tap } from 'rxjs'

/** Notes each value that passes on the debug stream; changes nothing. */
export const trace = <T>(note: Note, type: string, detail: (value: T) => object): MonoTypeOperatorFunction<T> =>
  tap((value) => note(type, detail(value)))

/** Puts a step on the debug stream. */
export type Note = (type: string, detail?: object) => void
