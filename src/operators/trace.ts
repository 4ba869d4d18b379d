import type { MonoTypeOperatorFunction } from 'rxjs'
import type { StepTypes } from '../sinks/step.ts'
import { also } from './also.ts'

/** Puts a step on the debug stream. */
export type Note = (type: keyof StepTypes, detail?: object) => void

/** Notes each value that passes on the debug stream; changes nothing. */
export const trace = <T>(
  note: Note,
  type: keyof StepTypes,
  detail: (value: T) => object,
): MonoTypeOperatorFunction<T> => also((value) => note(type, detail(value)))
