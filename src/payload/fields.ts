import type { Readings } from './reading.ts'

type Switch = 'trackResources' | 'trackConsole' | 'trackErrors' | 'trackHeroes'

/** Each field that the payload has without sources of one's own, and the setting that switches it off, if one does. */
export const switchOf: Record<keyof Readings, Switch | ''> = {
  view: '',
  attributes: '',
  audits: '',
  metrics: '',
  'view.resourceTypes': 'trackResources',
  'view.resources[]': 'trackResources',
  'view.longTasks[]': '',
  'view.longAnimationFrames[]': '',
  'view.fps[]': '',
  'view.console[]': 'trackConsole',
  'view.errors[]': 'trackErrors',
  'view.actions[]': '',
  'view.usedMemory': '',
  'view.marks[]': 'trackHeroes',
  'view.events[]': '',
}

export const knownFields = Object.keys(switchOf) as (keyof Readings)[]
