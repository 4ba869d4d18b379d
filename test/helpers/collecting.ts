import { tap, timer } from 'rxjs'
import { type Collector, collect, dryRun, type Options, type Sink } from '../../src/index'
import type { Payload } from '../../src/payload/payload'
import { inVirtualTime } from './marbles'
import { type FakePage, fakePage, type Overrides } from './page'
import type { AnyStep } from './steps'
import { fakeNavigation } from './target'

/** What happens to a page, and when, in ms from its start. */
export type Acts = [time: number, act: (page: FakePage, crum: Collector) => void][]

/** The page sets a mark of this name. */
export const mark =
  (name: string): Acts[number][1] =>
  (page) =>
    page.emit('mark', [{ name: `HE-${name}`, startTime: page.performance.now() }])

/** The page records an event of this name. */
export const event =
  (name: string): Acts[number][1] =>
  (_page, crum) =>
    crum.addEvent(name)

/** Sends each sample, also one that says nothing new. */
export const loud = { savingMode: false }

/** A beacon, and when it left. */
export interface Sent {
  at: number
  payload: Payload
}

/** A sink that keeps what it gets. */
export const keeping =
  (sent: Sent[]): Sink =>
  (payload$, scope) =>
    dryRun()(payload$.pipe(tap((payload) => sent.push({ at: scope.page.performance.now(), payload }))), scope)

/** Lets a collector run in virtual time, from 0 ms until it is stopped, on a page that loads at 300 ms. */
export const collecting = (acts: Acts, until: number, options: Options = {}, overrides: Overrides = {}) => {
  const sent: Sent[] = []
  const steps: AnyStep[] = []
  const open = { running: 0, stopped: 0 }
  const pages: FakePage[] = []
  inVirtualTime(({ flush }) => {
    // no page begins at the epoch's very first millisecond
    timer(1).subscribe(() => {
      const page = fakePage({ navigation: fakeNavigation(), ...overrides })
      pages.push(page)
      const crum = collect({ page, sinks: [keeping(sent)], ...options })
      crum.debug$.subscribe((step) => steps.push(step))
      const doings: Acts = [[300, () => page.finishLoading()], ...acts]
      const doing = doings.map(([time, act]) => timer(time).subscribe(() => act(page, crum)))
      timer(until).subscribe(() => {
        open.running = page.open()
        crum.stop()
        open.stopped = page.open()
        for (const one of doing) one.unsubscribe()
      })
    })
    flush()
  })
  const [page] = pages as [FakePage]
  return {
    ...{ page, sent, steps, open },
    payloads: sent.map(({ payload }) => payload),
    /** When each beacon left, and why. */
    times: sent.map(({ at, payload }) => `${at} ${payload.beacon.reason}`),
    typesOf: () => steps.map(({ type }) => type),
  }
}

/** Entries of the timeline, numbered. */
export const resources = (count: number, startTime = 100) =>
  Array.from({ length: count }, (_, at) => ({ name: `https://shop.test/${at}.png`, startTime }))
