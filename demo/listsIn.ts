import type { View } from '../src/payload/payload.ts'

/** `3 longTasks`, `1 mark`: the lists of a view that have something in them. */
export function listsIn(view: View): string[] {
  return Object.entries(view)
    .filter((field): field is [string, unknown[]] => Array.isArray(field[1]) && field[1].length > 0)
    .map(([name, { length }]) => `${length} ${length === 1 && name !== 'fps' ? name.replace(/s$/, '') : name}`)
}
