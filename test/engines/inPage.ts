import type { Tab } from './driver/tab.ts'

declare const answer: never

/**
 * Runs a function as a script of the page itself, and resolves with what it returns: what a driver runs in Firefox has
 * objects, and a console, of its own.
 */
export async function inPage<R>(visitor: Tab, script: () => R): Promise<Awaited<R>> {
  await visitor.script(`var answer = (${script})()`)
  return visitor.run(() => answer)
}
