import { map } from 'rxjs'
import { sentBy } from './sentBy.ts'
import type { Sink } from './sink.ts'

/** Sends nothing: every payload counts as delivered. */
export const dryRun = (): Sink => (payload$) => payload$.pipe(map((payload) => sentBy('dry', payload)))
