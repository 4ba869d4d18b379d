import type { Readings } from './reading.ts'

const rows: Record<keyof Readings, true> = {
  view: true,
  attributes: true,
  audits: true,
  metrics: true,
  'view.resourceTypes': true,
  'view.resources[]': true,
  'view.longTasks[]': true,
  'view.longAnimationFrames[]': true,
  'view.fps[]': true,
  'view.console[]': true,
  'view.errors[]': true,
  'view.actions[]': true,
  'view.usedMemory': true,
  'view.marks[]': true,
  'view.events[]': true,
}

/** The fields that the payload has without sources of one's own. */
export const knownFields = Object.keys(rows)
