import { map, type Observable } from 'rxjs'
import { collect as collectChecked } from './collect.ts'
import type { Collector, Options } from './collector.ts'
import { defaultFields } from './defaultSources.ts'
import { assertReading } from './payload/assertReading.ts'
import type { Reading } from './payload/reading.ts'
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
