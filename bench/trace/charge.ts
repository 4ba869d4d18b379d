import type { Stretch } from './stretches.ts'
import type { Task } from './tasks.ts'

/**
 * The part of each task that these stretches take, ms of CPU time. Samples tell wall time, and a busy machine stretches
 * that: so they are used as a share of their task, and the task's own CPU time is what is shared. Both lists are in order.
 */
export function charge(tasks: Task[], stretches: Stretch[]): number[] {
  let first = 0
  return tasks.map(({ start, end, cpu }) => {
    while ((stretches[first]?.end ?? Number.POSITIVE_INFINITY) <= start) first++
    let inside = 0
    for (let i = first; (stretches[i]?.start ?? end) < end; i++) {
      const stretch = stretches[i] as Stretch
      inside += Math.min(stretch.end, end) - Math.max(stretch.start, start)
    }
    return end > start ? cpu * Math.min(1, inside / (end - start)) : 0
  })
}
