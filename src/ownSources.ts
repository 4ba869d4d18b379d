import { map, type Observable } from 'rxjs'
import type { Page } from './page/page.ts'
import { fromPlatform, isPlatformObservable, type PlatformObservable } from './page/platformObservable.ts'
import { assertReading } from './payload/assertReading.ts'
import { knownFields } from './payload/fields.ts'
import type { Reading } from './payload/reading.ts'
import { shown } from './payload/shown.ts'
import { named, type Source, type SourceOptions } from './sources/source.ts'

/** An observable of readings, RxJS's or the browser's own. */
export type ReadingStream = Observable<Reading> | PlatformObservable<Reading>

/** What is observed: observables of readings, or functions that make them for a view. */
export type OwnSource = ReadingStream | ((page: Page, options?: SourceOptions) => ReadingStream)

/**
 * Sources as the collector runs them: each has a name (`source 2` if it brings none) and fails, alone, with what is no
 * reading.
 */
export const ownSources = (given: OwnSource[]): Source<Reading>[] => {
  const fields = new Set<string>(knownFields)
  return assertList('sources', given).map((one, at) => {
    const source = typeof one === 'function' ? one : () => one
    const name = (typeof one === 'function' && one.name) || `source ${at}`
    return named(name, (page, options) => {
      const reading$ = assertStream(source(page, options))
      return (isPlatformObservable(reading$) ? fromPlatform(reading$) : reading$).pipe(
        map((reading) => assertReading(reading, fields)),
      )
    })
  })
}

/** Throws a `TypeError` that names what was given where a list of parts was expected. */
export const assertList = <Part>(name: string, list: Part[]): Part[] => {
  if (Array.isArray(list)) return list
  throw TypeError(`crum: ${name} is ${shown(list)}, expected a list of ${name}`)
}

/** Throws a `TypeError` that names what was given where an observable was expected. */
export const assertStream = <Stream>(stream$: Stream): Stream => {
  if (typeof Object(stream$).subscribe === 'function') return stream$
  throw TypeError(`it gives ${shown(stream$)}, expected an observable`)
}
