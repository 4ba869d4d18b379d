import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'

/** Stands in for `finalize`. */
export const finalize = <T>(end: () => void): Operator<T, T> =>
  operate((source, to) => {
    try {
      source.subscribe(to)
    } finally {
      to.add(end)
    }
  })
