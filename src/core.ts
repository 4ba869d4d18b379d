import { absentCollector } from './absentCollector.ts'
import { collect as collectIn } from './collect.ts'
import type { Collector, Options } from './collector.ts'
import { type OwnSource, ownSources } from './ownSources.ts'
import type { Page } from './page/page.ts'

/** A collector's settings, and the parts that it is put together from. */
export interface CoreOptions extends Omit<Options, 'sources' | 'page'> {
  /** What is observed. */
  sources: OwnSource[]
  /** Default: the global one. Without a page nothing is observed. */
  page?: Page | undefined
}

/**
 * Observes the page and sends what it reads, from now until `stop()`. Has no parts but those that it is given, so that a
 * bundle holds no others.
 */
export const collect = ({ sources, page = globalThis.window, ...options }: CoreOptions): Collector =>
  page?.document ? collectIn({ ...options, page, sources: ownSources(sources) }) : absentCollector()
