import { defer, EMPTY, map, type Observable, switchMap } from 'rxjs'
import { pageLeave } from './page/pageLeave.ts'
import { visibility } from './page/visibility.ts'
import { switchOf } from './payload/fields.ts'
import type { Late } from './payload/late.ts'
import type { Attributes } from './payload/payload.ts'
import { cutFor, into, intoBatches, type Reading, type Readings } from './payload/reading.ts'
import { markedClicks } from './sources/actions.ts'
import { browserOf } from './sources/browser.ts'
import { connection } from './sources/connection.ts'
import { consoleCalls } from './sources/consoleCalls.ts'
import { deviceNews, deviceOf } from './sources/device.ts'
import { errors } from './sources/errors.ts'
import { frameRate } from './sources/frameRate.ts'
import { heroMarks } from './sources/heroMarks.ts'
import { longAnimationFrames } from './sources/longAnimationFrames.ts'
import { longTasks } from './sources/longTasks.ts'
import { navigation } from './sources/navigation.ts'
import { resourceEntries, toResource } from './sources/resources.ts'
import { resourceTypes } from './sources/resourceTypes.ts'
import { named, type Source } from './sources/source.ts'
import { usedMemory } from './sources/usedMemory.ts'
import { firstInput } from './sources/vitals/firstInput.ts'
import { firstPaint } from './sources/vitals/firstPaint.ts'
import { lateVitals } from './sources/vitals/webVitals.ts'
import { viewChanges } from './viewChanges.ts'

/** The sources of a payload field, of values or late values. */
type Row<Value> = Source<Value | Late<Value | undefined>>[]

/** The browser and what it knows of the device at once; parsing takes a while, so it waits until somebody asks. */
const agent: Source<Late<Partial<Attributes>>> = (page) =>
  defer(() => [() => ({ ...browserOf(page), device: deviceOf(page) })])

/** The rest of the device, which the browser is asked for when the page is idle. */
const deviceLater: Source<Partial<Attributes>> = (page, { calm$ = defer(() => [0]) } = {}) =>
  calm$.pipe(
    switchMap(() => deviceNews(page)),
    map((device) => ({ device: device as Attributes['device'] })),
  )

/** What is observed, field by field. */
const table: { [Field in keyof Readings]?: Row<Readings[Field]> } = {
  view: [(page) => visibility(page).pipe(map((visibility) => ({ visibility })))],
  attributes: [
    agent,
    deviceLater,
    connection,
    (_, { labels$ = EMPTY } = {}) => labels$.pipe(map((labels) => ({ labels }))),
  ],
  audits: [({ crossOriginIsolated }, { since } = {}) => (since ? EMPTY : defer(() => [{ crossOriginIsolated }]))],
  metrics: [navigation, firstPaint, firstInput, lateVitals],
  'view.resourceTypes': [resourceTypes],
  'view.longTasks[]': [longTasks],
  'view.longAnimationFrames[]': [longAnimationFrames],
  'view.fps[]': [frameRate],
  'view.console[]': [consoleCalls],
  'view.errors[]': [errors],
  'view.usedMemory': [usedMemory],
  'view.marks[]': [heroMarks],
  'view.events[]': [(_, { event$ = EMPTY } = {}) => event$],
}

/** Resource entries come in lists, and are copied when they leave. */
const resourceBatches: Source<Reading> = (page, options) =>
  resourceEntries(page, options).pipe(intoBatches('view.resources[]', toResource))

/** What the owner reports is told whatever is tracked. */
const handledErrors: Source<Reading> = (_, { error$ = EMPTY } = {}) => error$.pipe(into('view.errors[]'))

/** A click on an element with `crum-send` closes the sample, and is the last one in it. */
const actionsAndCuts: Source<Reading> = (page) =>
  markedClicks(page).pipe(
    map(({ action: value, isUrgent }) => {
      const cut = isUrgent ? 'action' : undefined
      return (value ? { field: 'view.actions[]', value, cut } : cutFor('action')) as Reading
    }),
  )

/** Leaving the page closes the sample as well. `pagehide` comes while the page is still visible, hence the value. */
const leavingCut = (page: Parameters<Source<Reading>>[0]): Observable<Reading> =>
  pageLeave(page).pipe(map(() => ({ field: 'view', value: { visibility: 'hidden' }, cut: 'hidden' })))

/** All that `collect()` observes if it is not told otherwise, to be extended; each under the name of its field. */
export const defaultSources = (): Source<Reading>[] => [
  named('view', viewChanges),
  ...(Object.entries(table) as [keyof Readings, Row<never>][]).flatMap(([field, sources]) =>
    sources.map((source) => switchable(field, (page, options) => source(page, options).pipe(into(field)))),
  ),
  switchable('view.resources[]', resourceBatches),
  named('view.errors[]', handledErrors),
  named('view.actions[]', actionsAndCuts),
  named('cut', leavingCut),
]

const switchable = (field: keyof Readings, source: Source<Reading>): Source<Reading> => {
  const setting = switchOf[field]
  return named(field, (page, options) => (setting && options?.[setting] === false ? EMPTY : source(page, options)))
}
