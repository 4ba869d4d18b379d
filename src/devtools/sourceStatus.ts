import { knownFields, switchOf } from '../payload/fields.ts'
import { mostItems, timesEntries } from '../payload/quota.ts'
import type { Readings } from '../payload/reading.ts'
import type { Settings } from '../settings.ts'

/** How a source does, and of a list, how many items wait in the running sample, of so many at most. */
export interface SourceStatus {
  /**
   * `off` by a setting, else `on` as long as nothing else was told. `unknown`: it has told nothing since the counting
   * began, and whether it can was said before.
   */
  state: 'on' | 'off' | 'unsupported' | 'failed' | 'unknown'
  readings: number
  waiting?: number
  most?: number
}

/** Counts what the sources emit, field by field; what `settings` switch off is known from the start. */
export const sourceStatus = (settings?: Settings) => {
  const sources = Object.fromEntries(knownFields.map((field) => [field, sourceOf(field, 'unknown')]))
  let maxEntries = Number.POSITIVE_INFINITY
  let isWhole = false
  const switchOff = (given: Settings) => {
    maxEntries = given.maxEntries
    for (const [field, setting] of Object.entries(switchOf)) {
      if (setting && !given[setting]) sources[field] = { state: 'off', readings: 0 }
    }
  }
  if (settings) switchOff(settings)
  return {
    sources,
    /** The collector starts: from here on all is counted. */
    begin: (given: Settings) => {
      isWhole = true
      for (const field of knownFields) sources[field] = sourceOf(field, 'on')
      switchOff(given)
    },
    read: (field: string) => {
      const before = sources[field]
      const source = before && before.state !== 'off' ? before : sourceOf(field, 'on')
      sources[field] = source
      source.readings++
      if (source.waiting !== undefined) source.waiting++
      if (source.state !== 'failed') source.state = 'on'
    },
    /** A sample, or a chunk of entries, has closed. */
    empty: (isChunk: boolean) => {
      for (const [field, source] of Object.entries(sources)) {
        if (source.waiting === undefined || isChunk !== (field === entries)) continue
        source.waiting = isChunk ? Math.max(0, source.waiting - maxEntries) : 0
      }
    },
    /** A source has ended without a value. */
    silent: (field: string) => {
      const source = sources[field]
      if (!source || source.readings || !/^(on|unknown)$/.test(source.state)) return
      // one of several sources of a field may be all that the browser has, and one that is off is silent as well
      const isAll = isWhole || (field.startsWith('view.') && (settings || !switchOf[field as keyof Readings]))
      if (isAll) source.state = 'unsupported'
    },
    fail: (field: string) => {
      const source = sources[field]
      if (source) source.state = 'failed'
    },
  }
}

const entries = 'view.resources[]'

const sourceOf = (field: string, state: SourceStatus['state']): SourceStatus => ({
  state,
  readings: 0,
  ...(field.endsWith('[]') && { waiting: 0, most: field === entries ? mostItems * timesEntries : mostItems }),
})
