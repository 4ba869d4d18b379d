/** Resolves in a later task, after timers of 0 ms: what starts and stops in one task has nothing to tell. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))
