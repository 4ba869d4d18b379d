import type { Attributes, FrameRate, Metrics, Payload, Resource, View } from '../../../src/payload/payload.ts'
import type { StoredBeacon } from '../../store/storedBeacon.ts'
import { type Happening, happenings } from './happenings.ts'

/** All that the beacons of one view say, put together again. */
export interface ViewModel {
  beacons: StoredBeacon[]
  /** What its last beacon says of the view and the visitor. */
  view: View | undefined
  session: Payload['session'] | undefined
  attributes: Attributes | undefined
  metrics: Metrics
  resources: Resource[]
  fps: FrameRate[]
  /** Everything with a time, in its order. */
  happenings: Happening[]
  /** The names that the view went by. */
  names: string[]
  /** What full queues made the client drop, by cause. */
  dropped: Record<string, number>
  usedMemory: number | undefined
  /** The first and the last moment that something is known of, ms from the navigation start. */
  extent: [from: number, to: number]
}

/** Puts the beacons of a view together, whatever order they came in: `seq` says what is the later word. */
export function viewModel(stored: StoredBeacon[]): ViewModel {
  const beacons = stored.toSorted((a, b) => a.payload.beacon.seq - b.payload.beacon.seq)
  const payloads = beacons.map(({ payload }) => payload)
  const lists = <T>(list: (view: View) => T[] | undefined) => payloads.flatMap(({ view }) => list(view) ?? [])
  const last = payloads.at(-1)
  const resources = lists((view) => view.resources).toSorted((a, b) => a.startTime - b.startTime)
  const fps = lists((view) => view.fps).toSorted((a, b) => a.timeStamp - b.timeStamp)
  const all = happenings(beacons)
  const times = [
    ...all.flatMap(({ time, duration = 0 }) => [time, time + duration]),
    ...resources.flatMap(({ startTime, responseEnd }) => [startTime, responseEnd]),
    ...fps.map(({ timeStamp }) => timeStamp),
  ]
  return {
    beacons,
    view: last?.view,
    session: last?.session,
    attributes: last?.attributes,
    metrics: mergeMetrics(payloads),
    resources,
    fps,
    happenings: all,
    names: [...new Set(payloads.map(({ view }) => view.id))],
    dropped: sum(payloads.map(({ beacon }) => beacon.dropped ?? {})),
    usedMemory: payloads.findLast(({ view }) => view.usedMemory !== undefined)?.view.usedMemory,
    extent: [least(times), most(times)],
  }
}

/** A later value replaces an earlier one; attributions and soft navigations do so one by one. */
function mergeMetrics(payloads: Payload[]): Metrics {
  const merged: Metrics = {}
  for (const { metrics } of payloads) {
    const { attribution, softNavigations } = merged
    Object.assign(merged, metrics)
    if (attribution) merged.attribution = { ...attribution, ...metrics?.attribution }
    if (softNavigations) {
      merged.softNavigations = { ...softNavigations }
      for (const [id, soft] of Object.entries(metrics?.softNavigations ?? {})) {
        merged.softNavigations[id] = { ...softNavigations[id], ...soft }
      }
    }
  }
  return merged
}

function sum(counts: Record<string, number>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [cause, count] of counts.flatMap(Object.entries)) total[cause] = (total[cause] ?? 0) + Number(count)
  return total
}

const least = (times: number[]) => times.reduce((a, b) => Math.min(a, b), times.length ? Number.POSITIVE_INFINITY : 0)
const most = (times: number[]) => times.reduce((a, b) => Math.max(a, b), 0)
