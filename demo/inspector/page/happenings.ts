import type { Json, View } from '../../../src/payload/payload.ts'
import type { StoredBeacon } from '../../store/storedBeacon.ts'
import { bytes, duration, urlParts } from './format.ts'
import { countsFromStart } from './viewClock.ts'

/** The lanes of the time line, from top to bottom. */
export const kinds = {
  longTask: 'Long tasks',
  longFrame: 'Long frames',
  mark: 'Marks',
  action: 'Actions',
  event: 'Events',
  console: 'Console',
  error: 'Errors',
  route: 'Routes',
  beacon: 'Beacons',
} as const

export type Kind = keyof typeof kinds

/** Something with a time, on the axis of its view. */
export interface Happening {
  kind: Kind
  /** The same for the same thing, however many come before it. */
  key: string
  /** The id of the beacon that tells of it. */
  beacon: string
  /** Milliseconds from the navigation start. */
  time: number
  duration?: number
  /** What it was, in a line. */
  title: string
  /** How bad it was, for the eye. */
  tone?: 'bad' | 'warn'
  /** All that the beacon says of it. */
  detail: unknown
}

/** Everything with a time in the beacons of a view, in its order. */
export function happenings(beacons: StoredBeacon[]): Happening[] {
  const isOnAxis = countsFromStart(beacons)
  return beacons
    .flatMap((beacon, index) => [
      ...(isNewRoute(beacon, beacons[index - 1]) ? named(beacon, [route(beacons, index, isOnAxis)]) : []),
      ...named(beacon, readings(beacon.payload.view)),
      ...named(beacon, isOnAxis ? arrival(beacon) : []),
    ])
    .filter(({ time }) => Number.isFinite(time))
    .sort((a, b) => a.time - b.time)
}

type Unnamed = Omit<Happening, 'key' | 'beacon'>

function named({ payload: { beacon } }: StoredBeacon, found: Unnamed[]): Happening[] {
  return found.map((each, n) => ({ ...each, key: `${beacon.id} ${each.kind} ${n}`, beacon: beacon.id }))
}

function readings(view: View): Unnamed[] {
  const { longTasks = [], longAnimationFrames = [], marks = [], actions = [], events = [] } = view
  return [
    ...longTasks.map((task) => ({
      ...{ kind: 'longTask' as const, time: task.startTime, duration: task.duration, detail: task },
      title: `${duration(task.duration)}, ${task.name}`,
    })),
    ...longAnimationFrames.map((frame) => ({
      ...{ kind: 'longFrame' as const, time: frame.startTime, duration: frame.duration, detail: frame },
      ...(frame.blockingDuration >= 200 ? { tone: 'bad' as const } : {}),
      title: `${duration(frame.duration)}, input kept waiting ${duration(frame.blockingDuration)}${culprit(frame.scripts)}`,
    })),
    ...marks.map((mark) => ({ kind: 'mark' as const, time: mark.startTime, title: mark.name, detail: mark })),
    ...actions.map((action) => ({
      ...{ kind: 'action' as const, time: action.timeStamp, detail: action },
      title: `${[action.name, action.pointerType].filter(Boolean).join(', ')} on ${action.target}`,
    })),
    ...events.map(({ timeStamp, ...named }) => ({
      ...{ kind: 'event' as const, time: timeStamp, detail: { timeStamp, ...named } },
      title: Object.entries(named)
        .map(([name, context]) => `${name} ${brief(context)}`)
        .join(', '),
    })),
    ...troubles(view),
  ]
}

function troubles({ console = [], errors = [] }: View): Unnamed[] {
  return [
    ...console.map((call) => ({
      ...{ kind: 'console' as const, time: call.timeStamp, detail: call },
      ...(call.type === 'debug' ? {} : { tone: call.type === 'error' ? ('bad' as const) : ('warn' as const) }),
      title: `${call.type}: ${Object.values(call.value ?? {})
        .map(brief)
        .join(' ')}`,
    })),
    ...errors.map((error) => ({
      ...{ kind: 'error' as const, time: error.timeStamp, tone: 'bad' as const, detail: error },
      title: `${error.message}${error.source ? `, ${urlParts(error.source).file}:${error.line}` : ''}`,
    })),
  ]
}

/** When a beacon came. */
function arrival({ receivedAt, bytes: size, payload: { view, beacon } }: StoredBeacon): Unnamed[] {
  const time = receivedAt - view.startTime
  return time >= 0
    ? [{ kind: 'beacon', time, title: `#${beacon.seq} ${beacon.reason}, ${bytes(size)}`, detail: beacon }]
    : []
}

/** Whether a beacon speaks of another address than the one before it. */
function isNewRoute({ payload: { view } }: StoredBeacon, before: StoredBeacon | undefined): boolean {
  return before?.payload.view.href !== view.href || before?.payload.view.id !== view.id
}

function route(beacons: StoredBeacon[], index: number, isOnAxis: boolean): Unnamed {
  const { id, href } = (beacons[index] as StoredBeacon).payload.view
  const time = isOnAxis ? routeTime(beacons, index) : returnTime(beacons, index)
  return { kind: 'route', time, title: `${id} ${href}`, detail: { id, href } }
}

/** No later than the first that its beacon tells of. */
function routeTime(beacons: StoredBeacon[], index: number): number {
  const beacon = beacons[index] as StoredBeacon
  const arrival = beacon.receivedAt - beacon.payload.view.startTime
  return index ? Math.min(arrival, times([beacon])[0] ?? arrival) : 0
}

/** The same in a view that began after its page, where the moment of arrival says nothing. */
function returnTime(beacons: StoredBeacon[], index: number): number {
  return times(beacons.slice(index))[0] ?? times(beacons.slice(0, index)).at(-1) ?? 0
}

/** When something was read, in its order. */
const times = (beacons: StoredBeacon[]) =>
  beacons
    .flatMap(({ payload }) => readings(payload.view).map(({ time }) => time))
    .filter(Number.isFinite)
    .sort((a, b) => a - b)

function culprit(scripts: { invoker: string; duration: number }[] = []): string {
  const [longest] = scripts.toSorted((a, b) => b.duration - a.duration)
  return longest ? `, ${longest.invoker}` : ''
}

/** A value in a few words. */
export function brief(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
