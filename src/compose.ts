import { map, mergeMap, type Observable } from 'rxjs'
import { collect as collectChecked } from './collect.ts'
import type { Collector, Options } from './collector.ts'
import { defaultSources as builtInSources, defaultFields } from './defaultSources.ts'
import { assertReading } from './payload/assertReading.ts'
import { type Reading, unbatched, withValue } from './payload/reading.ts'
import { named, type Source } from './sources/source.ts'

/** What is observed: observables of readings, or functions that make them for a view. */
export type OwnSource = Observable<Reading> | Source<Reading>

/** `collect()`'s settings, and the parts to put it together from. */
export interface OwnOptions extends Omit<Options, 'sources'> {
  /** Default `defaultSources()`. */
  sources?: OwnSource[]
}

/** Observes the page and sends what it reads, from now until `stop()`. */
export const collect = ({ sources, ...options }: OwnOptions = {}): Collector =>
  collectChecked({ ...options, ...(sources && { sources: ownSources(sources, defaultFields) }) })

/**
 * Sources as the collector runs them: each has a name (`source 2` if it brings none) and fails, alone, with what is no
 * reading. `known` are the fields that the collector fills itself.
 */
export const ownSources = (given: OwnSource[], known: Iterable<string>): Source<Reading>[] => {
  const fields = new Set(known)
  return given.map((one, at) => {
    const source = typeof one === 'function' ? one : () => one
    const name = (typeof one === 'function' && one.name) || `source ${at}`
    return named(name, (page, options) => source(page, options).pipe(map((reading) => assertReading(reading, fields))))
  })
}

/**
 * What `collect()` observes if it is not told otherwise, to be filtered, changed and extended; each source has the name of
 * its field. A reading has its value, which is worked out when it is read first: an operator that does not read it costs nothing.
 */
export const defaultSources = (): Source<Reading>[] =>
  builtInSources().map((source) =>
    named(source.name, (page, options) => source(page, options).pipe(mergeMap(unbatched), map(withValue))),
  )
