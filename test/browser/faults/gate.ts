/** Lets so many through at a time, the others in turn. */
export function gate(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let inside = 0
  return async (run) => {
    if (inside === most) await new Promise<void>((resolve) => waiting.push(resolve))
    else inside++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside--
    }
  }
}
