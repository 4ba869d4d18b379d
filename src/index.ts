import {
  BehaviorSubject,
  connect,
  endWith,
  filter,
  finalize,
  map,
  merge,
  mergeMap,
  type Observable,
  type OperatorFunction,
  of,
  ReplaySubject,
  Subject,
  switchMap,
  takeUntil,
  tap,
} from 'rxjs'
import { chunkEntries } from './operators/chunkEntries'
import { distinctPayload } from './operators/distinctPayload'
import { holdUntil } from './operators/holdUntil'
import { type Identified, identify } from './operators/identify'
import { isolate } from './operators/isolate'
import { keepSession, type Parcel } from './operators/keepSession'
import { sampleEvery } from './operators/sampleEvery'
import { seal } from './operators/seal'
import { toPayload } from './operators/toPayload'
import { type Note, trace } from './operators/trace'
import { beaconSink } from './sinks/beacon'
import { consoleLog } from './sinks/consoleLog'
import { dryRun } from './sinks/dryRun'
import type { PageEvent, Payload } from './sinks/payload'
import { sessionStore } from './sinks/sessionStore'
import type { Sink } from './sinks/sink'
import type { Step } from './sinks/step'
import { away, back } from './sources/away'
import { firstInput } from './sources/firstInput'
import { firstPaint } from './sources/firstPaint'
import { heroMarks } from './sources/heroMarks'
import { labels } from './sources/labels'
import { leaving } from './sources/leaving'
import { loaded } from './sources/loaded'
import { longTasks } from './sources/longTasks'
import { navigation } from './sources/navigation'
import type { Page } from './sources/page'
import { plain } from './sources/plain'
import { cutFor, into, type Reading, type Readings } from './sources/reading'
import { resources, resourceTypes } from './sources/resources'
import { restored } from './sources/restored'
import { type Settings, settings } from './sources/settings'
import type { Source } from './sources/source'
import { tenths } from './sources/tenths'
import { uuid } from './sources/uuid'
import { view } from './sources/view'
import { visibility } from './sources/visibility'
import { webVitals } from './sources/webVitals'
import { outsideZone } from './sources/zone'

/** What is observed: the payload field, and the sources that fill it. A setting may switch a field off. */
const table: { [Field in keyof Readings]: [sources: Source<Readings[Field]>[], setting?: keyof Settings] } = {
  view: [[(page) => visibility(page).pipe(map((visibility) => ({ visibility })))]],
  attributes: [[(_page, _since, _settings, { labels$ }) => labels$.pipe(map((labels) => ({ labels })))]],
  audits: [[({ crossOriginIsolated }, since) => (since ? of() : of({ crossOriginIsolated }))]],
  metrics: [[navigation, firstPaint, firstInput, webVitals]],
  'view.resourceTypes': [[resourceTypes], 'trackResources'],
  'view.resources[]': [[resources], 'trackResources'],
  'view.longTasks[]': [[longTasks]],
  'view.marks[]': [[heroMarks], 'trackHeroes'],
  'view.events[]': [[(_page, _since, _settings, { event$ }) => event$]],
}

/** What closes a sample before its time: a new view, which then introduces itself, and leaving the page. */
const cuts: Source<Reading>[] = [
  (page, since, _settings, { viewId$ }) =>
    view(page, since, viewId$).pipe(
      mergeMap(({ isNew, ...value }): Reading[] => [...(isNew ? [cutFor('route')] : []), { field: 'view', value }]),
    ),
  (page) =>
    leaving(page).pipe(
      map(() => ({ field: 'view', value: { visibility: page.document.visibilityState }, cut: 'hidden' })),
    ),
]

/** All that `collect()` observes if it is not told otherwise, to be extended or thinned out. */
export const defaultSources = (): Source<Reading>[] => [
  ...cuts,
  ...Object.entries(table).flatMap(([field, [sources, setting]]) =>
    sources.map(
      (source): Source<Reading> =>
        (page, since, settings, calls) =>
          setting && !settings[setting]
            ? of()
            : (source(page, since, settings, calls) as Observable<never>).pipe(into(field as keyof Readings)),
    ),
  ),
]

/** `collect()`'s settings, and the parts to put it together from. */
export interface Options extends Partial<Settings> {
  /** What is observed: observables of readings, or functions that make them for a view. Default `defaultSources()`. */
  sources?: (Observable<Reading> | Source<Reading>)[]
  /** Where payloads go. Default `[beaconSink()]`. */
  sinks?: Sink[]
  /** The page. Default: the global one. */
  page?: Page
}

/** A running collector. */
export interface Collector {
  /** Names the view from now on; an empty text goes back to the path. */
  setViewId(viewId: string): void
  /** Adds labels to every payload from now on: `'name=value'`, or several with commas. */
  addToLabels(labels: string): void
  /** Records an event of the page's own, with anything that has a JSON form as its context. */
  addEvent(name: string, context?: unknown): void
  /** Each step of the client's life as a plain object; who comes late gets the recent ones. */
  debug$: Observable<Step>
  /** Sends what is pending and undoes everything: listeners, observers, patches, timers. */
  stop(): void
}

/** Observes the page and sends what it reads, from now until `stop()`. */
export const collect = (options: Options = {}): Collector => {
  const page = options.page ?? window
  const complain = page.console.error.bind(page.console)
  const step$ = new ReplaySubject<Step>(history)
  const note: Note = (type, detail) => step$.next({ type, timeStamp: tenths(page.performance.now()), ...detail })
  const fail = (part: string, message: string) => {
    complain(`crum: ${message}`)
    note('error', { part, message })
  }
  const config = settings(options, (complaint) => fail('settings', complaint))
  const viewId$ = new BehaviorSubject(config.viewId)
  const labels$ = new BehaviorSubject(labels(config.labels))
  const event$ = new Subject<PageEvent>()
  const stop$ = new Subject<void>()
  const session = sessionStore(page, config.newSessionAfter)
  const debug = /[?&]debug=(1|dry)\b/.exec(page.location.search)?.[1]
  const sinks = debug === 'dry' ? [dryRun()] : (options.sinks ?? [beaconSink()])

  const isolated = <T>(part: string, start: () => Observable<T>) =>
    isolate(start, (error) => note('error', { part, message: String(error) }))

  /** What is observed, in one stream, until the page is left alone for long or the collector is stopped. */
  const readings = (since: number): Observable<Reading> =>
    merge(
      ...(options.sources ?? defaultSources()).map((source) =>
        isolated('source', () =>
          typeof source === 'function' ? source(page, since, config, { viewId$, labels$, event$ }) : source,
        ),
      ),
    ).pipe(takeUntil(merge(away(page, config.stopCollectorAfter), stop$)), endWith(cutFor('stop')))

  /** What happens to it: samples on one lane, resource entries on the other. */
  const payloads = (since: number): Observable<Payload> => {
    session(true, since > 0)
    return readings(since).pipe(
      trace(note, 'reading', (reading) => reading),
      identify(),
      holdUntil(
        loaded(page).pipe(trace(note, 'load', () => ({}))),
        connect((reading$) =>
          merge(
            reading$.pipe(filter(not(isEntry)), sampleEvery(config.samplingRate, isCut), toParcel()),
            reading$.pipe(
              filter(isEntry),
              chunkEntries(config.maxEntries, config.entriesRate, reading$.pipe(filter(isFarewell))),
              map((readings): Parcel => ({ reason: 'entries', readings })),
            ),
          ),
        ),
      ),
      trace(note, 'sample', ({ reason, readings }) => ({ reason, readings: readings.length })),
      keepSession(session),
      toPayload(),
      distinctPayload(config.savingMode, () => note('skip')),
      seal(uuid(page)),
      trace(note, 'send', (payload) => ({ payload })),
    )
  }

  /** A view begins with the collector, with a return from the back/forward cache, and after a long absence. */
  const begin$ = merge(
    of(0),
    merge(restored(page), back(page, config.stopCollectorAfter)).pipe(map(() => page.performance.now())),
  ).pipe(takeUntil(stop$))

  const delivery$ = begin$.pipe(
    switchMap(payloads),
    connect((payload$) =>
      merge(...sinks.map((sink) => isolated('sink', () => sink(payload$, { page, settings: config })))),
    ),
    tap(({ type, ...detail }) => note(type, detail)),
    finalize(() => {
      note('stop')
      step$.complete()
    }),
  )

  outsideZone(page, () => {
    note('init', { settings: config })
    if (debug) consoleLog(page)(step$).subscribe()
    delivery$.subscribe()
  })

  return {
    setViewId: (viewId) => outsideZone(page, () => viewId$.next(String(viewId ?? ''))),
    addToLabels: (more) => outsideZone(page, () => labels$.next(labels([...labels$.value, String(more)]))),
    addEvent: (name, context = {}) =>
      outsideZone(page, () => {
        if (typeof name !== 'string' || !name || name === 'timeStamp') {
          return fail('addEvent', `addEvent was given the name ${plain(name)}, expected a text other than 'timeStamp'`)
        }
        event$.next({ [name]: plain(context), timeStamp: tenths(page.performance.now()) })
      }),
    debug$: step$.asObservable(),
    stop: () => outsideZone(page, () => stop$.next()),
  }
}

/** Steps that a late subscriber of the debug stream still gets. */
const history = 200

const isEntry = ({ field }: Identified) => field === 'view.resources[]'
const isCut = ({ cut }: Identified) => cut !== undefined
/** A cut after which nothing may wait: the entries' backlog goes as well. */
const isFarewell = ({ cut }: Identified) => cut !== undefined && cut !== 'action'
const not =
  <T>(condition: (value: T) => boolean) =>
  (value: T) =>
    !condition(value)

const toParcel = (): OperatorFunction<Identified[], Parcel> =>
  map((readings) => ({ reason: readings.at(-1)?.cut ?? 'sample', readings }))

export type * from './sinks/payload'
export type { Delivery, Sink } from './sinks/sink'
export type { Page, Reading, Readings, Settings, Source, Step }
export { beaconSink, chunkEntries, consoleLog, distinctPayload, dryRun, holdUntil, into, sampleEvery }
