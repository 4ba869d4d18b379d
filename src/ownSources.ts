import { map, type Observable } from 'rxjs'
import type { Page } from './page/page.ts'
import { fromPlatform, isPlatformObservable, type PlatformObservable } from './page/platformObservable.ts'
import { assertReading } from './payload/assertReading.ts'
import { knownFields } from './payload/knownFields.ts'
import type { Reading } from './payload/reading.ts'
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
  const fields = new Set(knownFields)
  return given.map((one, at) => {
    const source = typeof one === 'function' ? one : () => one
    const name = (typeof one === 'function' && one.name) || `source ${at}`
    return named(name, (page, options) => {
      const reading$ = source(page, options)
      return (isPlatformObservable(reading$) ? fromPlatform(reading$) : reading$).pipe(
        map((reading) => assertReading(reading, fields)),
      )
    })
  })
}
