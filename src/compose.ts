import type { Collector } from './collector.ts'
import { type CoreOptions, collect as collectFrom } from './core.ts'
import { defaultSources } from './defaultSources.ts'
import { beaconSink } from './sinks/beacon.ts'

/** A collector's settings, and the parts to put it together from. */
export interface OwnOptions extends Partial<CoreOptions> {
  /** Default `defaultSources()`. */
  sources?: CoreOptions['sources'] | undefined
  /** Default `[beaconSink()]`. */
  sinks?: CoreOptions['sinks'] | undefined
}

/** Observes the page and sends what it reads, from now until `stop()`. Without a page (Node, a worker) it does nothing. */
export const collect = ({
  sources = defaultSources(),
  sinks = [beaconSink()],
  ...options
}: OwnOptions = {}): Collector => collectFrom({ ...options, sources, sinks })
