import type { Reading } from './payload/reading.ts'
import type { Source } from './sources/source.ts'

/** A source under the name by which `debug$` and `status()` tell of it. */
export const named = (name: string, source: Source<Reading>): Source<Reading> =>
  ({ [name]: (...given: Parameters<Source<Reading>>) => source(...given) })[name] as Source<Reading>
