import { map, type Observable } from 'rxjs'
import { named } from './named.ts'
import { assertReading } from './payload/assertReading.ts'
import type { Reading } from './payload/reading.ts'
import type { Source } from './sources/source.ts'

/**
 * The sources that the package's user gives, as the collector runs them: each has a name, `source 2` where it brings none,
 * and fails, alone, with what is no reading. `known` are the fields that the collector fills itself.
 */
export const ownSources = (
  given: (Observable<Reading> | Source<Reading>)[],
  known: Iterable<string>,
): Source<Reading>[] => {
  const fields = new Set(known)
  return given.map((one, at) => {
    const source = typeof one === 'function' ? one : () => one
    const name = (typeof one === 'function' && one.name) || `source ${at}`
    return named(name, (...place) => source(...place).pipe(map((reading) => assertReading(reading, fields))))
  })
}
