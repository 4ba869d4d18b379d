import type { Readings } from '../sources/reading.ts'
import type { Settings } from '../sources/settings.ts'
import type { Step } from './step.ts'

/**
 * What the client has done so far in this page, as counts of its steps: `reading metrics`, `unsupported view.fps[]`,
 * `off view.console[]`, `send`, `sent`, `retry`, `drop full`, `skip` …; of what has been sent (`bytes`), waits for an
 * answer (`waiting`, of at most 500), cost time on the main thread to be put together (`ms`). `from` is when counting
 * began, ms from the navigation start, where that was not at the beginning.
 */
export type Status = Record<string, number>

/** Counts the steps that it is called with, from the first. */
export const count = (): { status: Status; add: (step: Step) => void } => {
  const status: Status = { ms: 0 }
  const waiting = new Set<unknown>()
  let opened = 0
  const more = (name: string, by = 1) => {
    status[name] = (status[name] ?? 0) + by
  }
  const add = ({ type, timeStamp, field, part, id, bytes, cause, settings }: Step) => {
    if (type === 'init') Object.assign(status, blank(settings as Settings))
    else if (!('init' in status)) status.from ??= timeStamp
    if (type === 'unsupported' && `off ${part}` in status) return
    more([type, field ?? part ?? (type === 'drop' ? cause : '')].join(' ').trim())
    if (type === 'sent') more('bytes', Number(bytes))
    // a beacon waits until it was taken or is given up
    if (type === 'send') waiting.add(id)
    if (type === 'sent' || type === 'drop') waiting.delete(id)
    status.waiting = waiting.size
    if (type === 'sample') opened = timeStamp
    if (type === 'send' || type === 'skip') more('ms', timeStamp - opened)
  }
  return { status, add }
}

/** A row for each field, so that what has told nothing yet is seen as well. */
const blank = (settings: Settings): Status =>
  Object.fromEntries(
    Object.entries(fields).map(([field, setting]) => [
      `${setting && !settings[setting] ? 'off' : 'reading'} ${field}`,
      0,
    ]),
  )

/** All that is observed, and which setting switches it off. */
const fields: Record<keyof Readings, keyof Settings | ''> = {
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
