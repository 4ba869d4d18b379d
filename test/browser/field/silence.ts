import { expect } from 'vitest'
import type { Site } from '../harness/site.ts'

/** Resolves when nothing was asked for 1.5 s on end: a loop is never silent, a page that settles down is in the end. */
export async function silence(at: Site): Promise<void> {
  let asked = -1
  const isSilent = () => {
    const before = asked
    asked = at.requests.length
    return asked === before
  }
  await expect.poll(isSilent, { interval: 1500, timeout: 20_000, message: 'silence of an idle page' }).toBe(true)
}
