/** What is told of a failure. A page may throw anything, also what throws when it is looked at. */
export const messageOf = (error: unknown): string => {
  try {
    return `${error}`
  } catch {
    return '[unreadable]'
  }
}
