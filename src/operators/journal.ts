import {
  connect,
  defer,
  endWith,
  exhaustMap,
  filter,
  ignoreElements,
  merge,
  mergeMap,
  type ObservableInput,
  type OperatorFunction,
  takeUntil,
  timer,
} from 'rxjs'
import { also } from './also.ts'
import type { Identified } from './identify.ts'
import type { Parcel } from './keepSession.ts'

/** Where so many wait, telling all of them again at each further one would cost too much. */
const many = 100

/** How a lane is journaled. */
export interface Journal {
  /** Whether a reading travels in this lane. */
  isMine: (reading: Identified) => boolean
  /** Readings of one parcel at most. */
  size: number
  /** Whether a reading is told at once; all others are within `rate` ms, where hundreds wait a little later. */
  isUrgent: (reading: Identified) => boolean
  rate: number
  /** Whether anything may be told now. */
  mayTell: () => boolean
  /** The end of the running task; a timer of its own in tests. */
  soon?: () => ObservableInput<unknown>
}

/**
 * Runs a lane, and tells what waits in it before its parcels close: open parcels, so that a page that dies leaves a
 * note of them. A parcel is told again when it has grown; its `slot` says which of the open ones it is, the one that
 * leaves next being 0. Nothing new costs no timer.
 */
export const journal =
  (
    lane: OperatorFunction<Identified, Parcel>,
    { isMine, size, isUrgent, rate, mayTell, soon = () => Promise.resolve() }: Journal,
  ): OperatorFunction<Identified, Parcel> =>
  (reading$) =>
    defer(() => {
      const open: Identified[] = []
      let told = 0
      const grown = (): Parcel[] => {
        const parcels: Parcel[] = []
        for (let slot = Math.floor(told / size); slot * size < open.length; slot++)
          parcels.push({ reason: 'recovered', readings: open.slice(slot * size, (slot + 1) * size), slot })
        told = open.length
        return parcels
      }
      return reading$.pipe(
        also((reading) => isMine(reading) && open.push(reading)),
        connect((reading$) => {
          const mine$ = reading$.pipe(filter(isMine))
          return merge(
            reading$.pipe(
              lane,
              also(({ readings: { length } }) => {
                open.splice(0, length)
                told = Math.max(0, told - length)
              }),
            ),
            merge(
              mine$.pipe(
                filter((reading) => told < many && isUrgent(reading)),
                exhaustMap(soon),
              ),
              mine$.pipe(exhaustMap(() => timer(rate + Math.floor(told / 10)))),
            ).pipe(
              filter(() => open.length > told && mayTell()),
              mergeMap(grown),
              takeUntil(reading$.pipe(ignoreElements(), endWith(0))),
            ),
          )
        }),
      )
    })
