import { map, Observable } from 'rxjs'
import { elapsed } from '../page/elapsed.ts'
import { fromPage } from '../page/fromPage.ts'
import type { Page } from '../page/page.ts'
import { patchAll } from '../page/patch.ts'
import type { ConsoleCall, Json } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { toJson } from '../payload/toJson.ts'

/**
 * Each call of the page's `console.error`, `warn` and `debug`, with its arguments as bounded JSON, copied at once because
 * the page may change them. Calls from within the reading of a call (by a getter, or by a sink) are not read.
 */
export const consoleCalls = (page: Page): Observable<ConsoleCall> =>
  new Observable<[type: ConsoleCall['type'], args: unknown[]]>((call$) => {
    let isReading = false
    const run = fromPage(page)
    return patchAll(
      page.console,
      ['error', 'warn', 'debug'],
      (original, type) =>
        function (this: Console, ...args: unknown[]) {
          if (!isReading) {
            run(() => {
              isReading = true
              try {
                call$.next([type, args])
              } finally {
                isReading = false
              }
            })
          }
          return Reflect.apply(original, this, args)
        },
    )
  }).pipe(
    map(([type, args]) => ({
      type,
      timeStamp: tenths(elapsed(page)),
      value: { ...(toJson(args) as unknown as { [index: string]: Json }) },
    })),
  )
