import { absentCollector } from './absentCollector.ts'
import { collect as collectIn } from './collect.ts'
import type { Collector, Options } from './collector.ts'
import { defaultSources } from './defaultSources.ts'
import { ownSinks } from './ownSinks.ts'
import { type OwnSource, ownSources } from './ownSources.ts'
import type { Page } from './page/page.ts'
import type { Reading } from './payload/reading.ts'
import type { Source } from './sources/source.ts'

export { noteRequest } from './page/ownRequest.ts'
export { scriptUrl } from './page/scriptUrl.ts'
export { takenPage } from './page/takenPage.ts'
export { warnIn } from './page/warnIn.ts'

/** A collector's settings, and the parts that it is put together from. */
export interface CoreOptions extends Omit<Options, 'sources' | 'page'> {
  /** What is observed. */
  sources: OwnSource[]
  /** Default: the global one. Without a page nothing is observed. */
  page?: Page | undefined
}

/**
 * Observes the page and sends what it reads, from now until `stop()`. Has no parts but those that it is given, so that a
 * bundle holds no others. Throws a `TypeError` where these are no lists of sources and sinks.
 */
export const collect = ({ sources, sinks, page = globalThis.window, ...options }: CoreOptions): Collector =>
  page?.document
    ? collectIn({ ...options, page, sources: ownSources(sources), sinks: ownSinks(sinks) })
    : absentCollector()

/** As `collect()`, where the page is there and the sources are known to emit readings: it checks neither. */
export const collectUnchecked: (options: UncheckedOptions) => Collector = collectIn

/** Settings, and parts that are not checked. */
export type UncheckedOptions = Options

/**
 * What `defaultSources()` is made of: the readings of one callback come as one `batch`, and their values are functions that
 * the collector calls when a sample closes. Nobody else can read them, and they cost the least.
 */
export const batchedSources: () => Source<Reading>[] = defaultSources
