/** Runs in a page: the values of the event `tick` in the outbox of its origin. It makes no database. */
export const outboxEvents = async (): Promise<number[]> => {
  const known = await indexedDB.databases()
  if (!known.some(({ name }) => name === 'CRUM')) return []
  return new Promise<number[]>((resolve) => {
    const opening = indexedDB.open('CRUM')
    opening.onsuccess = () => {
      const db = opening.result
      const asking = db.transaction('beacons').objectStore('beacons').getAll()
      asking.onsuccess = () => {
        db.close()
        const events = asking.result.flatMap(({ body }) => JSON.parse(body).view.events ?? [])
        resolve(events.map(({ tick }) => tick).sort())
      }
    }
  })
}
