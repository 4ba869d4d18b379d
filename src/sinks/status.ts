import type { Step } from './step.ts'

/** What the client has done so far in this page. */
export interface Status {
  /** By payload field: how many readings, or why there are none. */
  sources: Record<string, number | 'off' | 'unsupported'>
  /** Steps that say how beacons fare: put together, sent, tried in vain, dropped; and samples without news. */
  send: number
  sent: number
  retry: number
  drop: number
  skip: number
  /** Beacons without an answer; 500 of them, or 5 MiB, are kept. */
  waiting: number
  /** Bytes sent. */
  bytes: number
  /** Readings and beacons that were lost, by cause. */
  dropped: Record<string, number>
  /** Milliseconds of the main thread that the client took. */
  mainThread: number
}

/** The status of a client that begins; it knows the fields that there are. */
export const blank = (sources: Status['sources']): Status => ({
  ...{ sources, send: 0, sent: 0, retry: 0, drop: 0, skip: 0 },
  ...{ waiting: 0, bytes: 0, dropped: {}, mainThread: 0 },
})

/** Enters a step. */
export const enter = (status: Status, { type = '', field, part, bytes }: Partial<Step>): void => {
  const { sources } = status
  if (type === 'reading') count(sources, `${field}`)
  if (type === 'unsupported') sources[`${part}`] ||= type
  if (type in status) count(status, type)
  if (type === 'sent') status.bytes += Number(bytes)
  status.waiting = status.send - status.sent - status.drop
}

/** One more under this name. */
export const count = (of: object, name: string): void => {
  const counts = of as Record<string, unknown>
  counts[name] = (Number(counts[name]) || 0) + 1
}
