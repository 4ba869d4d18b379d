import { timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { frameRate } from '../../src/sources/frameRate'
import { inVirtualTime, marbles } from '../helpers/marbles'
import { type FakePage, fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { watch } from '../helpers/watch'

/** What is told in these milliseconds, and how many frames were asked for, while the page does things at given times. */
const measured = (until: number, acts: Record<number, (page: FakePage) => void> = {}, page = fakePage()) => {
  let open = -1
  let seen: { timeStamp: number; fps: number }[] = []
  inVirtualTime(({ flush }) => {
    for (const [time, act] of Object.entries(acts)) timer(Number(time)).subscribe(() => act(page))
    const watched = watch(frameRate(page))
    seen = watched.seen
    timer(until).subscribe(() => {
      open = page.frames.size
      watched.unsubscribe()
    })
    flush()
  })
  return { seen, open }
}

describe('frameRate', () => {
  givesBack(frameRate)
})
