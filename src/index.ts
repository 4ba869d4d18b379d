import {
  BehaviorSubject,
  connect,
  EMPTY,
  endWith,
  filter,
  finalize,
  identity,
  ignoreElements,
  type MonoTypeOperatorFunction,
  map,
  merge,
  mergeMap,
  type Observable,
  type OperatorFunction,
  of,
  ReplaySubject,
  Subject,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs'
import type { Collector, Options } from './collector.ts'
import { consoleLog } from './devtools/consoleLog.ts'
import { equip } from './devtools/equip.ts'
import type { Status } from './devtools/status.ts'
import type { Step, StepTypes } from './devtools/step.ts'
import { type Steps, steps } from './devtools/steps.ts'
import { named } from './named.ts'
import { chunkEntries } from './operators/chunkEntries.ts'
import { distinctPayload } from './operators/distinctPayload.ts'
import { holdUntil } from './operators/holdUntil.ts'
import { type Identified, identify } from './operators/identify.ts'
import { ifSilent } from './operators/ifSilent.ts'
import { isolate } from './operators/isolate.ts'
import { keepSession, type Parcel } from './operators/keepSession.ts'
import { isEntry, mostItems, quota } from './operators/quota.ts'
import { releaseSafely } from './operators/releaseSafely.ts'
import { sampleEvery } from './operators/sampleEvery.ts'
import { type Sealed, seal } from './operators/seal.ts'
import { toPayload } from './operators/toPayload.ts'
import { ownSources } from './ownSources.ts'
import { debugging } from './page/debugging.ts'
import { elapsed } from './page/elapsed.ts'
import { hiddenFor, shownAgain } from './page/hiddenFor.ts'
import { loaded } from './page/loaded.ts'
import type { Page } from './page/page.ts'
import { pageLeave } from './page/pageLeave.ts'
import { pageRestored } from './page/pageRestored.ts'
import { tryOr } from './page/tryOr.ts'
import { uuid } from './page/uuid.ts'
import { visibility } from './page/visibility.ts'
import { runOutsideZone } from './page/zone.ts'
import { isText } from './payload/isText.ts'
import { labels } from './payload/labels.ts'
import { maskUrls } from './payload/maskUrls.ts'
import type { PageEvent, Payload, Session } from './payload/payload.ts'
import { cutFor, into, type Reading, type Readings } from './payload/reading.ts'
import { tenths } from './payload/rounding.ts'
import { parse, stringify } from './payload/stringify.ts'
import { toJson } from './payload/toJson.ts'
import { sessionStore } from './session.ts'
import { type Settings, settings } from './settings.ts'
import { beaconSink } from './sinks/beacon.ts'
import { journal } from './sinks/delivery/journal.ts'
import { forget } from './sinks/delivery/outbox.ts'
import { dryRun } from './sinks/dryRun.ts'
import type { Delivery, Scope, Sink } from './sinks/sink.ts'
import { actions, sends } from './sources/actions.ts'
import { browser } from './sources/browser.ts'
import { connection } from './sources/connection.ts'
import { consoleCalls } from './sources/consoleCalls.ts'
import { device } from './sources/device.ts'
import { errors } from './sources/errors.ts'
import { frameRate } from './sources/frameRate.ts'
import { heroMarks } from './sources/heroMarks.ts'
import { longAnimationFrames } from './sources/longAnimationFrames.ts'
import { longTasks } from './sources/longTasks.ts'
import { navigation } from './sources/navigation.ts'
import { resources, resourceTypes } from './sources/resources.ts'
import type { Source } from './sources/source.ts'
import { usedMemory } from './sources/usedMemory.ts'
import { view } from './sources/view.ts'
import { firstInput } from './sources/vitals/firstInput.ts'
import { firstPaint } from './sources/vitals/firstPaint.ts'
import { webVitals } from './sources/vitals/webVitals.ts'

/** What is observed: the payload field, and the sources that fill it. A setting may switch a field off. */
const table: { [Field in keyof Readings]: [sources: Source<Readings[Field]>[], setting?: keyof Settings] } = {
  view: [[(page) => visibility(page).pipe(map((visibility) => ({ visibility })))]],
  attributes: [
    [
      browser,
      device,
      connection,
      (_page, _since, _settings, { labels$ }) => labels$.pipe(map((labels) => ({ labels }))),
    ],
  ],
  audits: [[({ crossOriginIsolated }, since) => (since ? EMPTY : of({ crossOriginIsolated }))]],
  metrics: [[navigation, firstPaint, firstInput, webVitals]],
  'view.resourceTypes': [[resourceTypes], 'trackResources'],
  'view.resources[]': [[resources], 'trackResources'],
  'view.longTasks[]': [[longTasks]],
  'view.longAnimationFrames[]': [[longAnimationFrames]],
  'view.fps[]': [[frameRate]],
  'view.console[]': [[consoleCalls], 'trackConsole'],
  'view.errors[]': [[errors], 'trackErrors'],
  'view.actions[]': [[actions]],
  'view.usedMemory': [[(page, _since, _settings, { loop$ }) => usedMemory(page, loop$)]],
  'view.marks[]': [[heroMarks], 'trackHeroes'],
  'view.events[]': [[(_page, _since, _settings, { event$ }) => event$]],
}

/** The view introduces itself; another one in the same page first closes the sample of the one before. */
const introductions: Source<Reading> = (page, since, _settings, { viewId$ }) =>
  view(page, since, viewId$).pipe(
    mergeMap(({ isNew, ...value }): Reading[] => [...(isNew ? [cutFor('route')] : []), { field: 'view', value }]),
  )

/** What else closes a sample before its time: a click that is not to wait, and leaving the page. */
const cuts: Source<Reading>[] = [
  (page) => sends(page).pipe(map(() => cutFor('action'))),
  // `pagehide` comes while the page is still visible; said early, what follows at once is no news
  (page) => pageLeave(page).pipe(map(() => ({ field: 'view', value: { visibility: 'hidden' }, cut: 'hidden' }))),
]

/** All that `collect()` observes if it is not told otherwise, to be extended; each under the name of its field. */
export const defaultSources = (): Source<Reading>[] => [
  named('view', introductions),
  ...Object.entries(table).flatMap(([field, [sources, setting]]) =>
    sources.map((source) =>
      named(field, (page, since, settings, calls) =>
        setting && !settings[setting]
          ? EMPTY
          : (source(page, since, settings, calls) as Observable<never>).pipe(into(field as keyof Readings)),
      ),
    ),
  ),
  ...cuts.map((cut) => named('cut', cut)),
]

/** A share of the sessions, the same in all views and tabs of each: a random UUID begins with a random number. */
const isSampled = ({ id }: Session, share: number) => +`0x${id.slice(0, 8)}` < share * 2 ** 32

/** What waits for its beacon is stored after this at the latest, ms. */
const journalRate = 100

/** Steps that a late subscriber of the debug stream still gets. */
const history = 200

/** The same where the address asks for them: none is missing when the tools have been fetched. */
const longHistory = 1e4

const isNoEntry = (reading: Reading) => !isEntry(reading)

/** What a visitor or the page itself did is stored at once. */
const isUrgent = ({ field }: Reading) => /actions|events|errors/.test(field)

const isLast = (reading: Identified) => reading.isLast

/** One that a click or leaving has cut may not, nor what came before it; an empty one is not worth a timer. */
const mayWait = ({ reason, readings }: Parcel) => readings.length > 0 && /sample|route/.test(reason)

/** A cut after which nothing may wait: the backlog of entries goes as well. */
const isFarewell = ({ cut }: Identified) => !!cut && cut !== 'action'

/** Whether this build has the tools for DevTools, which visitors can do without. */
declare const __TOOLS__: boolean

/** Observes the page and sends what it reads, from now until `stop()`. */
export const collect = ({ page = window, sources, sinks, source = '', ...given }: Options = {}): Collector => {
  const complain = (page.console.error ?? identity).bind(page.console)
  const debug = debugging(page)
  const past = new ReplaySubject<Step>(debug ? longHistory : history)
  const note = (type: keyof StepTypes, detail?: object) =>
    past.next({ type, timeStamp: tenths(elapsed(page)), ...detail })
  const fail = (part: string, message: string) => {
    complain(`crum: ${part} ${message}`)
    note('error', { part, message })
  }
  const config = settings(given, source, (complaint) => fail('setting', complaint))
  const viewId$ = new BehaviorSubject(config.viewId)
  const labels$ = new BehaviorSubject(labels(config.labels))
  const event$ = new Subject<PageEvent>()
  const loop$ = new BehaviorSubject(0)
  const stop$ = new Subject<void>()
  const refused$ = new Subject<void>()
  const consent$ = new BehaviorSubject(config.consent === 'granted')
  const isGranted = () => consent$.value
  const session = sessionStore(page, config.newSessionAfter, isGranted)
  // the script has no parts but ours
  const observed = (__TOOLS__ && sources && ownSources(sources, Object.keys(table))) || defaultSources()
  const outlets = debug === 'dry' ? [dryRun()] : (__TOOLS__ && sinks) || [beaconSink()]
  const opening = new ReplaySubject<unknown>(1)
  const room = quota(mostItems)
  const calls = { viewId$, labels$, event$, loop$ }

  const isolated = <T>(part: string, start: () => Observable<T>, rest: MonoTypeOperatorFunction<T>) => {
    const failed = (error: unknown) => note('error', { part, message: globalThis.String(error) })
    return isolate(() => start().pipe(__TOOLS__ ? releaseSafely(failed) : identity, rest), failed)
  }

  /** Nothing leaves before the page has loaded (or is left before it has), nor before the visitor has agreed. */
  const mayLeave$ = consent$.pipe(
    filter(isGranted),
    switchMap(() => merge(loaded(page).pipe(tap(() => note('load'))), pageLeave(page))),
    take(1),
    takeUntil(stop$),
    tap(opening),
    ignoreElements(),
  )

  /** The last word of the page's owner on a payload; one that can't be scrubbed is not sent. */
  const finish = (payload: Payload) => {
    const isOpen = payload.beacon.reason === 'recovered'
    if (!isOpen) payload.beacon.dropped = room.lost
    const { maskUrl, beforeSend } = config
    let masked: Payload | undefined
    try {
      masked = maskUrl === identity ? payload : maskUrls(payload, maskUrl)
      // a copy: what is changed in it must not change what later payloads say
      const last = beforeSend === identity ? masked : beforeSend(parse(stringify(masked)))
      if (last?.beacon) {
        if (!isOpen) room.lost = undefined
        return last
      }
      if (!isOpen) note('drop', { cause: 'beforeSend' })
    } catch (error) {
      if (!isOpen) fail(masked ? 'beforeSend' : 'maskUrl', `payload dropped: ${error}`)
    }
    return null
  }

  /** A view ends where its page is left alone for long; not before it may be told, or it would be lost. */
  const away$ = hiddenFor(page, config.stopCollectorAfter).pipe(filter(isGranted))

  /** What is observed, in one stream, until the page is left alone for long or the collector is stopped. */
  const readings = (since: number): Observable<Reading> =>
    merge(
      ...observed.map((source) => {
        const part = source.name
        return isolated(
          part,
          () => source(page, since, config, calls),
          ifSilent(() => note('unsupported', { part })),
        )
      }),
    ).pipe(takeUntil(merge(away$, stop$)), endWith(cutFor('stop')))

  /** One lane: samples of all readings but resource entries. */
  const samples = (reading$: Observable<Identified>): Observable<Parcel> =>
    reading$.pipe(
      sampleEvery(config.samplingRate, isLast),
      // the sample that a stop closes is the last one, not the empty rest behind it
      takeWhile((readings) => readings.at(-1)?.cut !== 'stop', true),
      map((readings) => ({ reason: readings.at(-1)?.cut ?? 'sample', readings })),
    )

  /** The other lane: resource entries in chunks. */
  const entries = (entry$: Observable<Identified>, reading$: Observable<Identified>): Observable<Parcel> =>
    entry$.pipe(
      chunkEntries(config.maxEntries, config.entriesRate, reading$.pipe(filter(isFarewell))),
      map((readings) => ({ reason: 'entries', readings })),
    )

  const isFull = (reading: Identified, length: number) => isFarewell(reading) || length === config.maxEntries

  /** One a task: all samples that have waited for `load` or consent would be a long one. */
  const inTurn = connect((parcel$: Observable<Parcel>) => {
    const hasty$ = parcel$.pipe(filter((parcel) => !mayWait(parcel)))
    return merge(parcel$.pipe(filter(mayWait), chunkEntries(1, 0, hasty$), mergeMap(identity<Parcel[]>)), hasty$)
  })

  /** Holds a lane until something may leave, and journals what waits in it from the start. */
  const lane = (
    stage: (mine$: Observable<Identified>, reading$: Observable<Identified>) => Observable<Parcel>,
    isMine: (reading: Identified) => boolean,
    isEnd: (reading: Identified, length: number) => boolean,
    turn: MonoTypeOperatorFunction<Parcel>,
  ): OperatorFunction<Identified, Parcel> =>
    journal(
      holdUntil(
        opening,
        connect((reading$) => stage(reading$.pipe(filter(isMine)), reading$)),
      ),
      { isMine, isEnd, turn, isUrgent, rate: journalRate, mayTell: isGranted },
    )

  const leave = ({ reason, readings }: Parcel) => {
    note('sample', { reason, news: [...new Set(readings.map(({ field }) => field))].join(' ') })
    if (reason === 'entries') return room.left(readings.length)
    room.renew(readings.at(-1))
    loop$.next(0)
  }

  /** What happens on the way to the sinks, in a view that begins `since` the navigation start, ms. */
  const payloads = (since: number): Observable<Sealed> => {
    // the first look into `localStorage` blocks the page: in a task of its own, unless it decides whether to collect
    const session$ = (config.sampleRate < 1 ? of(0) : timer(0)).pipe(
      map(() => session(true)),
      tap((opened) => note('session', opened)),
    )
    const unsampled$ = session$.pipe(filter((opened) => !isSampled(opened, config.sampleRate)))
    return readings(since)
      .pipe(
        mergeMap(room.admit),
        tap((reading) => note('visibility' in Object(reading.value) ? 'visibility' : 'reading', reading)),
        identify(),
        connect((reading$) =>
          merge(
            reading$.pipe(lane(samples, isNoEntry, isLast, inTurn)),
            reading$.pipe(lane(entries, isEntry, isFull, identity)),
          ),
        ),
        filter(isGranted),
        tap((parcel) => parcel.isOpen || leave(parcel)),
      )
      .pipe(
        keepSession(session),
        filter((parcel) => isSampled(parcel.session, config.sampleRate)),
        toPayload(),
        distinctPayload(config.savingMode, () => note('skip')),
        // keys that sort by the start of their views
        seal(`${Math.round(page.performance.timeOrigin + since)}-${uuid(page)}`, finish),
        tap(({ payload, isOpen }) => isOpen || note('send', { ...payload?.beacon, payload })),
        takeUntil(unsampled$),
      )
  }

  /** A view begins with the collector, with a return from the back/forward cache, and, in a new session, after a long absence. */
  const begin$ = merge(
    of(0),
    merge(pageRestored(page), shownAgain(page, away$).pipe(tap(() => session(true, true)))).pipe(
      map(() => elapsed(page)),
    ),
  ).pipe(takeUntil(stop$))

  const isOptedOut = config.respectGpc && (page.navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

  const told = ({ type, ...detail }: Delivery) => {
    if (type === 'error') return fail(detail.part as string, detail.message as string)
    if (type === 'drop') room.lose(detail.cause as string)
    note(type, detail)
  }

  const delivery$: Observable<unknown> = (isOptedOut ? EMPTY : merge(mayLeave$, begin$.pipe(switchMap(payloads)))).pipe(
    connect((sealed$) => {
      const payload$ = sealed$.pipe(
        filter(({ isOpen }) => !isOpen),
        map(({ payload }) => payload as Payload),
      )
      const pending$ = sealed$.pipe(filter(({ isOpen }) => isOpen))
      const scope: Scope = { page, settings: config, pending$, open$: opening }
      return merge(...outlets.map((sink) => isolated('sink', () => sink(payload$, scope), tap(told))))
    }),
    finalize(() => {
      note('stop')
      past.complete()
    }),
    takeUntil(refused$),
  )

  const outside =
    <Args extends unknown[]>(part: string, action: (...args: Args) => void) =>
    (...args: Args) =>
      runOutsideZone(page, () => {
        try {
          action(...args)
        } catch (error) {
          fail(part, `${error}`)
        }
      })

  const collector = {
    debug$: steps(past, complain),
    setViewId: outside('setViewId', (viewId) => viewId$.next(`${viewId ?? ''}`)),
    addToLabels: outside('addToLabels', (more) => labels$.next(labels([...labels$.value, `${more}`]))),
    addEvent: outside('addEvent', (name, context = {}) => {
      if (isText(name) && name && name !== 'timeStamp') {
        event$.next({ [toJson(name) as string]: toJson(context), timeStamp: tenths(elapsed(page)) })
      } else fail('addEvent', `name is ${toJson(name)}, expected a text`)
    }),
    consent: outside('consent', (isGranted) => {
      if (isGranted) return consent$.next(true)
      refused$.next()
      session.forget()
      tryOr(() => forget(page))
    }),
    stop: outside('stop', () => stop$.next()),
    onReady: outside('onReady', config.onReady),
  } as Collector
  // before all else, so that nothing is missed
  if (__TOOLS__) equip(collector, page)
  outside('collect', () => {
    note('init', { settings: config })
    delivery$.subscribe()
  })()
  return collector
}

export type { SourceStatus } from './devtools/status.ts'
export type { StepTypes } from './devtools/step.ts'
export type * from './payload/payload.ts'
export type { Draft } from './payload/reading.ts'
export type { Calls } from './sources/source.ts'
export type {
  Collector,
  Delivery,
  Options,
  Page,
  Reading,
  Readings,
  Scope,
  Sealed,
  Settings,
  Sink,
  Source,
  Status,
  Step,
  Steps,
}
export { beaconSink, chunkEntries, consoleLog, distinctPayload, dryRun, holdUntil, into, sampleEvery }
