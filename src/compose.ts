import { map, mergeMap } from 'rxjs'
import type { Collector } from './collector.ts'
import { type CoreOptions, collect as collectFrom } from './core.ts'
import { defaultSources as builtInSources } from './defaultSources.ts'
import { type Reading, unbatched, withValue } from './payload/reading.ts'
import { beaconSink } from './sinks/beacon.ts'
import { named, type Source } from './sources/source.ts'

/** A collector's settings, and the parts to put it together from. */
export interface OwnOptions extends Partial<Omit<CoreOptions, 'sources' | 'sinks'>> {
  /** Default `defaultSources()`. */
  sources?: CoreOptions['sources'] | undefined
  /** Default `[beaconSink()]`. */
  sinks?: CoreOptions['sinks'] | undefined
}

/** Observes the page and sends what it reads, from now until `stop()`. Without a page (Node, a worker) it does nothing. */
export const collect = ({
  sources = builtInSources(),
  sinks = [beaconSink()],
  ...options
}: OwnOptions = {}): Collector => collectFrom({ ...options, sources, sinks })

/**
 * What `collect()` observes if it is not told otherwise, to be filtered, changed and extended; each source has the name of
 * its field. A reading has its value, which is worked out when it is read first: an operator that does not read it costs nothing.
 */
export const defaultSources = (): Source<Reading>[] =>
  builtInSources().map((source) =>
    named(source.name, (page, options) => source(page, options).pipe(mergeMap(unbatched), map(withValue))),
  )
