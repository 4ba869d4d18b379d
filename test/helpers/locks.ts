type Callback = (lock: object | null) => unknown

/** The exclusive Web Locks of an origin, over any number of pages if handed to each: first come, first served. */
export const fakeLocks = () => {
  const held = new Set<string>()
  const waiting: { name: string; grant: () => void }[] = []

  const take = async (name: string) => {
    if (held.has(name)) await new Promise<void>((grant) => waiting.push({ name, grant }))
    held.add(name)
  }
  const giveBack = (name: string) => {
    const at = waiting.findIndex((request) => request.name === name)
    // handed over, so that nobody comes in between
    if (at < 0) held.delete(name)
    else waiting.splice(at, 1)[0]?.grant()
  }
  const request = async (name: string, { ifAvailable = false }, callback: Callback) => {
    // a lock is never granted in the task that asks for it
    await null
    if (ifAvailable && held.has(name)) return callback(null)
    await take(name)
    try {
      return await callback({ name, mode: 'exclusive' })
    } finally {
      giveBack(name)
    }
  }
  const query = async () => ({ held: [...held].map((name) => ({ name })), pending: [] })
  return { request, query, held, waiting }
}
