/** The longest entries of one interaction, those that began together. */
export type Interaction = [PerformanceEventTiming, ...PerformanceEventTiming[]]

/** Adds an event to the ten longest interactions, longest first. Events that are part of none do not count. */
export const addToInteractions = (interactions: Interaction[], entry: PerformanceEventTiming): void => {
  const { interactionId, duration, startTime } = entry
  if (!interactionId) return
  const known = interactions.find(([first]) => first.interactionId === interactionId)
  if (!known) interactions.push([entry])
  else if (duration > known[0].duration) known.splice(0, known.length, entry)
  else if (duration === known[0].duration && startTime === known[0].startTime) known.push(entry)
  interactions.sort(([a], [b]) => b.duration - a.duration).splice(10)
}

/** The 98th percentile of `count` interactions, of which the longest are known: one in fifty is left out. */
export const slowestOf = (interactions: Interaction[], count: number): Interaction | undefined =>
  interactions[Math.min(interactions.length - 1, Math.floor(count / 50))]
