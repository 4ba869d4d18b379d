import { defer, filter, finalize, type MonoTypeOperatorFunction, Subject } from 'rxjs'
import { isIdentity } from '../payload/identity.ts'
import { merged } from '../payload/merged.ts'
import { cutFor, endsAtOnce, type Reading } from '../payload/reading.ts'
import { merge } from '../rx/merge.ts'

/**
 * Keeps apart what the client's own work causes, the functions of the page's owner included. Items of lists are left out. What is
 * said of the view and its attributes is true, but no reason for a beacon: the last of it comes right before the next reading
 * that the page itself causes. What ends a sample at once, as leaving does, is not held.
 */
export const holdEchoes =
  (isAtWork: () => boolean): MonoTypeOperatorFunction<Reading> =>
  (reading$) =>
    defer(() => {
      const echo$ = new Subject<Reading>()
      let echoes: Record<string, object> | undefined
      let isRoute = false

      const hold = ({ field, value, cut }: Reading) => {
        isRoute ||= cut === 'route'
        echoes = merged(echoes ?? {}, { [field]: value })
      }
      const release = () => {
        if (!echoes) return
        const released = Object.entries(echoes).map(([field, value]) => ({ field, value }) as Reading)
        if (isRoute) released.unshift(cutFor('route'))
        echoes = undefined
        isRoute = false
        for (const echo of released) echo$.next(echo)
      }
      /** Lets it pass, behind what was held, or holds it. */
      const passes = (reading: Reading): boolean => {
        if (!isAtWork() || endsAtOnce(reading)) {
          release()
          return true
        }
        if (!isIdentity(reading) || reading.late) return !reading.field.endsWith('[]')
        hold(reading)
        return false
      }
      return merge(
        echo$,
        reading$.pipe(
          filter(passes),
          finalize(() => echo$.complete()),
        ),
      )
    })
