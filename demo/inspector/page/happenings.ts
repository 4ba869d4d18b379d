import type { Json, View } from '../../../src/sinks/payload.ts'
import type { StoredBeacon } from '../../beaconStore.ts'
import { bytes, duration, urlParts } from './format.ts'

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
  const found = beacons.flatMap((beacon) => [...readings(beacon.payload.view), ...arrival(beacon)])
  return [...found, ...routes(beacons)].filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time)
}

function readings(view: View): Happening[] {
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
      title: `${action.name}, ${action.pointerType || 'keyboard'} on ${action.target}`,
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

function troubles({ console = [], errors = [] }: View): Happening[] {
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

/** When a beacon came; nothing for a view that began after its page, whose clock has another zero. */
function arrival({ receivedAt, bytes: size, payload: { view, beacon, metrics } }: StoredBeacon): Happening[] {
  const time = receivedAt - view.startTime
  if (!(time >= 0) || metrics?.navigationType === 'back-forward-cache') return []
  return [{ kind: 'beacon', time, title: `#${beacon.seq} ${beacon.reason}, ${bytes(size)}`, detail: beacon }]
}

/** Where a beacon speaks of another address than the one before it: no later than the first that it tells of. */
function routes(beacons: StoredBeacon[]): Happening[] {
  return beacons.flatMap(({ payload: { view }, receivedAt }, index) => {
    const before = beacons[index - 1]?.payload.view
    if (before && before.href === view.href && before.id === view.id) return []
    const { id, href } = view
    const first = readings(view).reduce((time, reading) => Math.min(time, reading.time), receivedAt - view.startTime)
    return [{ kind: 'route' as const, time: before ? first : 0, title: `${id} ${href}`, detail: { id, href } }]
  })
}

function culprit(scripts: { invoker: string; duration: number }[] = []): string {
  const [longest] = scripts.toSorted((a, b) => b.duration - a.duration)
  return longest ? `, ${longest.invoker}` : ''
}

/** A value in a few words. */
export function brief(value: Json | undefined): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
