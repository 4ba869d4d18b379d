import { map, type Observable } from 'rxjs'
import { entriesOf } from '../page/entriesOf.ts'
import type { Page } from '../page/page.ts'
import { readableId } from '../page/selector.ts'
import type { FrameScript, LongAnimationFrame } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import type { SourceOptions } from './source.ts'

/** Each frame that took 50 ms or more, with the scripts that ran in it for 5 ms or more. Empty outside Chromium. */
export const longAnimationFrames = (page: Page, options?: SourceOptions): Observable<LongAnimationFrame> =>
  entriesOf<LongAnimationFrameEntry>(page, 'long-animation-frame', options).pipe(
    map((entry) => ({ ...frame(entry), scripts: entry.scripts.map(frameScript) })),
  )

const frame = pick<LongAnimationFrame>(
  'startTime',
  'duration',
  'blockingDuration',
  'renderStart',
  'styleAndLayoutStart',
)

/** A script of a frame, as plain data. An element that invoked it keeps its id only if that is readable: `BUTTON#buy.onclick`. */
export const frameScript = (entry: object): FrameScript => {
  const script = scriptParts(entry)
  return {
    ...script,
    invoker: script.invoker.replace(/^([\w-]+)#(.*)(?=\.on\w+$)/s, (_, name, id) => name + readableId(id)),
  }
}

const scriptParts = pick<FrameScript>('invoker', 'invokerType', 'sourceURL', 'sourceFunctionName', 'duration')

/** https://w3c.github.io/long-animation-frames/, not among TypeScript's own types yet */
export interface LongAnimationFrameEntry extends PerformanceEntry {
  scripts: (PerformanceEntry & Omit<FrameScript, 'duration'>)[]
}
