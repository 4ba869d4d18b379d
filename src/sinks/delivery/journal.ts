import {
  connect,
  defer,
  endWith,
  exhaustMap,
  filter,
  ignoreElements,
  interval,
  type MonoTypeOperatorFunction,
  map,
  merge,
  mergeMap,
  type ObservableInput,
  type OperatorFunction,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs'
import type { Identified } from '../../operators/identify.ts'
import type { Parcel } from '../../operators/keepSession.ts'

/** Where so many wait, telling all of them again at each further one would cost too much. */
const many = 100

/** Parcels that are told at a time, the oldest first, so that they are numbered in the order of their time. */
const few = 5

/** How a lane is journaled. */
export interface Journal {
  /** Whether a reading travels in this lane. */
  isMine: (reading: Identified) => boolean
  /** Whether a reading, of whatever lane, ends the parcel that waits, which has so many. */
  isEnd: (reading: Identified, length: number) => boolean
  /** Whether a reading is told at once; all others are within `rate` ms, where many parcels wait a few each time. */
  isUrgent: (reading: Identified) => boolean
  rate: number
  /** Whether anything may be told now. */
  mayTell: () => boolean
  /** How what has closed waits for its turn; until then it is told as if it were open. */
  turn: MonoTypeOperatorFunction<Parcel>
  /** The end of the running task; a timer of its own in tests. */
  soon?: () => ObservableInput<unknown>
}

/**
 * Runs a lane, and tells what waits in it before its parcels close: open parcels, so that a page that dies leaves a
 * note of them. A parcel is told again when it has grown, and has the same `slot` when it has closed. Parcels close in
 * order where `isEnd` parts them; or earlier, with all that waits. Nothing new costs no timer.
 */
export const journal =
  (
    lane: OperatorFunction<Identified, Parcel>,
    { isMine, isEnd, isUrgent, rate, mayTell, turn, soon = () => Promise.resolve() }: Journal,
  ): OperatorFunction<Identified, Parcel> =>
  (reading$) =>
    defer(() => {
      /** What waits, parted as it is going to leave. The last part is the one that grows. */
      const parts: Identified[][] = [[]]
      const last = () => parts.at(-1) as Identified[]
      const untold = new Set<Identified[]>()
      const take = (reading: Identified) => {
        if (isMine(reading)) {
          last().push(reading)
          untold.add(last())
        }
        const { length } = last()
        if (length && isEnd(reading, length)) parts.push([])
      }
      const tell = (): Parcel[] =>
        [...untold].slice(0, few).map((slot) => {
          untold.delete(slot)
          return { reason: 'recovered', readings: [...slot], isOpen: true, slot }
        })
      const close = (parcel: Parcel): Parcel => {
        if (!parcel.readings.length) return parcel
        const slot = parts.shift()
        parts[0] ??= []
        return { ...parcel, slot }
      }
      return reading$.pipe(
        tap(take),
        connect((reading$) => {
          const mine$ = reading$.pipe(filter(isMine))
          const due$ = merge(
            mine$.pipe(
              filter((reading) => last().length < many && isUrgent(reading)),
              exhaustMap(soon),
            ),
            mine$.pipe(exhaustMap(() => interval(rate).pipe(takeWhile(() => untold.size > few && mayTell(), true)))),
          )
          return merge(
            reading$.pipe(
              lane,
              map(close),
              turn,
              tap(({ slot }) => untold.delete(slot as Identified[])),
            ),
            due$.pipe(filter(mayTell), mergeMap(tell), takeUntil(reading$.pipe(ignoreElements(), endWith(0)))),
          )
        }),
      )
    })
