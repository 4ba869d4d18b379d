/** How much of each a page does. */
export interface Load {
  lines: number
  events: number
  resources: number
  routes: number
}

declare const CRUM: { addEvent(name: string, context: object): void }

/**
 * Runs in the page: does all this in slices of a few milliseconds each, one a task, as a busy application would, and
 * resolves when the last is done. Lines carry no objects, which DevTools would keep.
 */
export async function doAll({ lines, events, resources, routes }: Load): Promise<void> {
  const slices = Math.ceil(lines / 100)
  const share = (total: number, slice: number) =>
    Math.floor((total * (slice + 1)) / slices) - Math.floor((total * slice) / slices)
  for (let slice = 0; slice < slices; slice++) {
    for (let line = share(lines, slice); line > 0; line--) console.debug(`line ${slice} of a page that talks`, line)
    for (let event = share(events, slice); event > 0; event--)
      CRUM.addEvent('happened', { slice, event, tags: ['a', 'b'] })
    for (let route = share(routes, slice); route > 0; route--)
      history.replaceState(null, '', `/?route=${slice}-${route}`)
    await Promise.all(
      Array.from({ length: share(resources, slice) }, () => fetch('/data.json', { cache: 'force-cache' })),
    )
    await new Promise((resolve) => setTimeout(resolve))
  }
}
