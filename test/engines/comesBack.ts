import { setTimeout as wait } from 'node:timers/promises'
import type { Site } from '../browser/harness/site.ts'
import type { Tab } from './driver/tab.ts'

declare const stayed: boolean | undefined

/**
 * Goes to another page of the site and back to this path; whether the back/forward cache has kept the page. A busy Firefox
 * refuses now and then, so a test has three tries at most.
 */
export async function comesBack(visitor: Tab, shop: Site, away: string, path: string): Promise<boolean> {
  await visitor.script('stayed = true')
  // what is under way keeps Firefox from it
  for (let before = -1; before < shop.beacons.length; await wait(500)) before = shop.beacons.length
  await visitor.leave(away)
  await visitor.back(path)
  return visitor.run(() => typeof stayed !== 'undefined')
}

/** Plays the same until it succeeds, three times at most; the last time says why not. */
export async function thrice<T>(play: () => Promise<T | false>, tries = 3): Promise<T> {
  const result = await play()
  if (result !== false) return result
  if (tries === 1) throw new Error('the back/forward cache was expected to keep the page once in three tries')
  return thrice(play, tries - 1)
}
