import { isOn, type ProfileNode, type Thread, type TraceEvent } from './traceEvent.ts'

/** A stretch of time, µs. */
export interface Stretch {
  start: number
  end: number
}

/**
 * When the thread was in a subject's code, as V8's samples tell. A sample belongs to its innermost function that has a
 * URL: built-in functions count for who calls them, and code of the page within a subject's wrapper for the page. It
 * stands for the time until the next sample.
 */
export function stretches(events: TraceEvent[], thread: Thread, isSubject: (url: string) => boolean): Stretch[] {
  const profile = events.filter(({ name }) => name === 'Profile').find(isOn(thread))
  if (!profile) return []
  // parts come from the thread that samples
  const parts = events
    .filter(({ name, pid, id }) => name === 'ProfileChunk' && pid === profile.pid && id === profile.id)
    .map(({ args }) => args.data ?? {})
  const isCharged = innermost(
    parts.flatMap(({ cpuProfile }) => cpuProfile?.nodes ?? []),
    isSubject,
  )
  const samples = samplesOf(parts, profile.args.data?.startTime ?? profile.ts)
  return samples
    .map(({ at, node }, i) => ({ node, start: at, end: samples[i + 1]?.at ?? at }))
    .filter(({ node }) => isCharged(node))
}

type Part = NonNullable<TraceEvent['args']['data']>

function samplesOf(parts: Part[], startTime: number): { at: number; node: number }[] {
  let at = startTime
  return parts
    .flatMap(({ cpuProfile, timeDeltas = [] }) =>
      (cpuProfile?.samples ?? []).map((node, i) => {
        at += timeDeltas[i] ?? 0
        return { at, node }
      }),
    )
    .sort((a, b) => a.at - b.at)
}

function innermost(nodes: ProfileNode[], isSubject: (url: string) => boolean): (id: number) => boolean {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const urlOf = (id?: number): string => {
    const node = id === undefined ? undefined : byId.get(id)
    return node ? node.callFrame.url || urlOf(node.parent) : ''
  }
  const charged = new Set(nodes.filter(({ id }) => isSubject(urlOf(id))).map(({ id }) => id))
  return (id) => charged.has(id)
}
