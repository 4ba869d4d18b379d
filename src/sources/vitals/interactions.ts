import { readableSelector, selector } from '../../page/selector.ts'
import { endTime } from '../../page/timeline.ts'
import type { FrameScript } from '../../payload/payload.ts'
import { textOf } from '../../payload/thrown.ts'
import { frameScript, type LongAnimationFrameEntry } from '../longAnimationFrames.ts'

/** A long interaction, with all that is to be told of it, since its element and its entries may go. */
export interface Interaction {
  id: number
  startTime: number
  duration: number
  target: string
  /** The frame that showed it. */
  shown: ShownFrame
  /** Long frames that overlap it. */
  longFrames: LongFrame[]
}

/** An `event` entry. Of an element that has gone, newer browsers still have a selector. */
type EventEntry = PerformanceEventTiming & { targetSelector?: string }

/** A frame that showed the outcome of events, and when their listeners ran. */
interface ShownFrame {
  time: number
  processingStart: number
  processingEnd: number
}

/** A long animation frame: its span, and its scripts with their spans. */
interface LongFrame {
  start: number
  end: number
  scripts: { start: number; end: number; script: FrameScript }[]
}

/** Interactions that are kept: INP is the longest one but for one in fifty. */
const mostInteractions = 10

/** Frames that are kept for entries that come late; those of the longest interactions stay with them. */
const mostFrames = 10

/** The longest interactions of a view, from `event`, `first-input` and `long-animation-frame` entries in any order. */
export const longestInteractions = () => {
  const longest: Interaction[] = []
  const shownFrames: ShownFrame[] = []
  const longFrames: LongFrame[] = []

  const addInteraction = (entry: EventEntry, shown: ShownFrame) => {
    const { interactionId: id, duration, startTime } = entry
    const known = longest.find((interaction) => interaction.id === id)
    if (known && duration < known.duration) return
    if (!known && longest.length === mostInteractions && duration <= (longest.at(-1) as Interaction).duration) return
    const interaction = known ?? { id, startTime, duration: 0, target: '', shown, longFrames: [] }
    if (!known) longest.push(interaction)
    interaction.target ||= selector(entry.target) || readableSelector(textOf(entry.targetSelector))
    if (duration === interaction.duration) return
    Object.assign(interaction, { startTime, duration, shown })
    interaction.longFrames = longFrames.filter((frame) => overlaps(interaction, frame))
    longest.sort((a, b) => b.duration - a.duration).splice(mostInteractions)
  }

  return {
    /** Whether it makes a difference to one of the longest. */
    addEvent: (entry: PerformanceEventTiming): boolean => {
      const shown = addToFrame(shownFrames, entry)
      if (entry.interactionId) addInteraction(entry, shown)
      return longest.some((known) => known.id === entry.interactionId || known.shown === shown)
    },
    /** The same of a frame. */
    addLongFrame: (entry: LongAnimationFrameEntry): boolean => {
      const frame = longFrameOf(entry)
      keep(longFrames, frame)
      const within = longest.filter((interaction) => overlaps(interaction, frame))
      for (const { longFrames } of within) longFrames.push(frame)
      return within.length > 0
    },
    /** The 98th percentile of `count` interactions. */
    slowest: (count: number): Interaction | undefined => longest[Math.min(longest.length, rankOf(count) || 1) - 1],
  }
}

/** Which of the longest of so many interactions is their 98th percentile, from 1 on: one in fifty is left out. 0 if there are none. */
export const rankOf = (count: number): number => count && 1 + Math.floor(count / 50)

/** The script that ran longest within an interaction; scripts that began before or ended after it count as far as they did. */
export const longestScript = ({ startTime, duration, longFrames, shown }: Interaction): FrameScript | undefined => {
  const until = startTime + duration
  const within = longFrames
    .filter((frame) => frame.start <= shown.processingEnd)
    .flatMap(({ scripts }) => scripts)
    .map(({ start, end, script }) => ({ script, time: Math.min(end, until) - Math.max(start, startTime) }))
    .filter(({ time }) => time > 0)
    .sort((a, b) => b.time - a.time)
  return within[0]?.script
}

/** Durations are rounded to 8 ms, so events whose ends differ by no more were shown in the same frame. */
const addToFrame = (frames: ShownFrame[], entry: PerformanceEventTiming): ShownFrame => {
  const { processingStart, processingEnd } = entry
  const known = frames.findLast(({ time }) => Math.abs(time - endTime(entry)) <= 8)
  if (!known) return keep(frames, { time: endTime(entry), processingStart, processingEnd })
  known.processingStart = Math.min(known.processingStart, processingStart)
  known.processingEnd = Math.max(known.processingEnd, processingEnd)
  return known
}

const longFrameOf = (entry: LongAnimationFrameEntry): LongFrame => ({
  start: entry.startTime,
  end: endTime(entry),
  scripts: entry.scripts.map((script) => ({
    start: script.startTime,
    end: endTime(script),
    script: frameScript(script),
  })),
})

const overlaps = ({ startTime, duration }: Interaction, { start, end }: LongFrame) =>
  end > startTime && start < startTime + duration

const keep = <T>(list: T[], item: T): T => {
  if (list.push(item) > mostFrames) list.shift()
  return item
}
