import { map, Observable } from 'rxjs'
import type { ConsoleCall, Json } from '../sinks/payload.ts'
import { elapsed } from './elapsed.ts'
import type { Page } from './page.ts'
import { patchAll } from './patch.ts'
import { plain } from './plain.ts'
import { tenths } from './tenths.ts'
import { outsideZone } from './zone.ts'

/**
 * Each call of the page's `console.error`, `warn` and `debug`, with its arguments as bounded JSON, copied at once since
 * the page may change them. What is logged while one is being read (by a getter, or by a sink) passes unread.
 */
export const consoleCalls = (page: Page): Observable<ConsoleCall> =>
  new Observable<[type: ConsoleCall['type'], args: unknown[]]>((call$) => {
    let isReading = false
    return patchAll(
      page.console,
      ['error', 'warn', 'debug'],
      (original, type) =>
        function (this: Console, ...args: unknown[]) {
          if (!isReading) {
            isReading = true
            outsideZone(page, () => call$.next([type, args]))
            isReading = false
          }
          return original.apply(this, args)
        },
    )
  }).pipe(
    map(([type, args]) => ({
      type,
      timeStamp: tenths(elapsed(page)),
      value: { ...(plain(args) as unknown as { [index: string]: Json }) },
    })),
  )
