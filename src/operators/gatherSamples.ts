import {
  connect,
  defer,
  filter,
  map,
  mergeMap,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
  Subject,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs'
import type { Identity } from '../payload/identity.ts'
import type { Accepted } from '../payload/quota.ts'
import type { Sample } from '../payload/sample.ts'
import { drain } from '../rx/drain.ts'
import { merge } from '../rx/merge.ts'
import { holdUntil } from './holdUntil.ts'
import { sampleEvery } from './sampleEvery.ts'

/** How samples are gathered. */
export interface Gathering {
  /** Length of a sample, ms. */
  rate: number
  /** Emits when samples may leave; their clock starts then. */
  open$: Observable<unknown>
  /** Emits when somebody wants to keep what there is. */
  look$: Observable<unknown>
  /** Whose readings they are, now. */
  identity: () => Identity
  /**
   * Takes a turn: whether a sample may leave because its time is over, or its route. If not it waits, and, as long as its route
   * lasts, grows. Default: always.
   */
  takeTurn?: () => boolean
  /** Whether what there is may be looked at now. Default: always. */
  mayLook?: () => boolean
}

/** Characters after which a sample closes before its time. Browsers refuse a beacon of more than 64 KiB. */
const largeSample = 48_000

/** Routes that may wait, beyond as many as the last that left together: a page may answer each of those with a route. */
const mostRoutes = 50
/** Routes that may wait in any case. */
const mostRoutesInAll = 500

const always = () => true

/**
 * Gathers readings into drafts. A draft closes as a sample after `rate` ms, with a cut, or when it is large; a stop is the
 * last one. At each `look$`, drafts that have grown since the last look are emitted as open samples, which have the same
 * `draft` when they close. So a reading costs no more than its place in a list, however many wait.
 */
export const gatherSamples =
  ({
    rate,
    open$,
    look$,
    identity,
    takeTurn = always,
    mayLook = always,
  }: Gathering): OperatorFunction<Accepted, Sample> =>
  (reading$) =>
    defer(() => {
      let draft = begin()
      /** Those that a route has closed, and that wait all the same. */
      const routes: Draft[] = []
      let leftTogether = 0
      const grown = new Set<Draft>()
      const ended$ = new Subject<void>()

      const add = (reading: Accepted) => {
        draft.readings.push(reading)
        draft.size += reading.size
        grown.add(draft)
        reading.isLast = !!reading.cut || draft.size > largeSample
      }
      /** Whether nobody asks for what there is at once, and there is room for it meanwhile. */
      const mayWait = (last: Accepted | undefined) => {
        const isPatient = !last?.isLast || last.cut === 'route'
        const hasSomething = !!last || routes.length > 0
        return isPatient && hasSomething && routes.length < Math.min(mostRoutesInAll, mostRoutes + leftTogether)
      }
      const closeDraft = (cut: Sample['reason'] | undefined) => {
        const isFull = !cut && draft.size > largeSample
        routes.push(Object.assign(draft, { reason: cut ?? 'sample', identity: identity(), isFull }))
        draft = begin()
      }
      const close = (): ObservableInput<Draft> => {
        const last = draft.readings.at(-1) as Accepted | undefined
        const waits = mayWait(last) && !takeTurn()
        // what waits goes on growing, unless its route is over
        if (!waits || last?.cut) closeDraft(last?.cut)
        if (waits) return [{ ...begin(), reason: 'sample', identity: identity(), isHeld: true }]
        leftTogether = routes.length
        return drain(routes)
      }
      const look = (): Sample[] => {
        const drafts = [...grown]
        grown.clear()
        return drafts.map((one) => ({
          reason: 'recovered',
          readings: one.readings,
          identity: one.identity ?? identity(),
          isOpen: true,
          draft: one,
        }))
      }

      return reading$.pipe(
        tap({
          next: add,
          complete: () => {
            ended$.next()
            ended$.complete()
          },
        }),
        connect((reading$) =>
          merge(
            reading$.pipe(
              sampleEvery(rate, ({ isLast }) => !!isLast, open$),
              mergeMap(close),
              holdUntil(open$),
              tap((closed) => grown.delete(closed)),
              map((closed): Sample => ({ ...closed, draft: closed })),
            ),
            look$.pipe(filter(mayLook), mergeMap(look), takeUntil(ended$)),
          ),
        ),
        takeWhile(({ reason }) => reason !== 'stop', true),
      )
    })

/** A sample that is open, or has closed and not left yet. */
interface Draft extends Sample {
  /** Characters of its items. */
  size: number
}

/** Its identity is that of the moment at which it closes. */
const begin = () => ({ reason: 'recovered', readings: [], size: 0 }) as unknown as Draft
