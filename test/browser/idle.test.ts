import type { Collector } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import { page } from './readings/row.ts'

declare const CRUM: Collector
declare const counted: { frames: number; timers: number; samples: number; other: number }

/** Counts, from before the client runs, what it asks the browser to call back. */
const counter = `<script>
  counted = { frames: 0, timers: 0, samples: 0, other: 0 }
  for (const [name, counter] of [['requestAnimationFrame', 'frames'], ['setTimeout', 'timers'], ['setInterval', 'timers'], ['requestIdleCallback', 'other'], ['queueMicrotask', 'other']]) {
    const original = window[name]
    window[name] = (callback, ...args) => original.call(window, (...given) => { counted[counter]++; callback(...given) }, ...args)
  }
</script>`

/** What is counted in 60 samples of an idle page, once nothing moves any more, and whether the page had to wait for the machine. */
const idleLoops = () =>
  new Promise<typeof counted & { isStalled: boolean }>((resolve) => {
    let isStalled = false
    new PerformanceObserver(() => {
      isStalled = true
    }).observe({ entryTypes: ['longtask', 'long-animation-frame'] })
    // what a late subscriber gets of the past comes while it subscribes
    let isPast = true
    let lastFrames = -1
    let isCalm = false
    const subscription = CRUM.debug$.subscribe(({ type, timeStamp }) => {
      if (isPast || type !== 'sample') return
      if (isCalm) {
        counted.samples++
        if (counted.samples === 60) {
          subscription.unsubscribe()
          resolve({ ...counted, isStalled })
        }
      } else if (counted.frames === lastFrames && timeStamp > 4000) {
        // two samples in a row without a frame between them: nothing moves any more
        isCalm = true
        isStalled = false
        Object.assign(counted, { frames: 0, timers: 0, samples: 0, other: 0 })
      }
      lastFrames = counted.frames
    })
    isPast = false
  })

test('leaves an idle page alone: no frame, one timer a sample, no request', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: counter, settings: { samplingRate: 100 } }) })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => performance.now() > 4000)
  const play = async () => {
    const before = at.beacons.length
    const { frames, timers, samples, other, isStalled } = await visitor.evaluate(idleLoops)
    const posts = at.beacons
      .slice(before)
      .map(({ payload: { view } }) => Object.keys(view).filter((key) => typeof view[key as 'id'] !== 'string'))
    // the first sample may have been opened before
    return { frames, other, areTooManyTimers: timers > samples + 1, posts, isStalled }
  }
  let found = await play()
  // a page that waits for a busy machine has a long task to tell of: played three times at most
  for (let again = 0; again < 2 && found.isStalled; again++) found = await play()
  expect(found).toMatchObject({ frames: 0, other: 0, areTooManyTimers: false, posts: [] })
})

test('asks for frames again when somebody moves the pointer', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: counter, settings: { samplingRate: 100 } }) })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(
    () => {
      const known = (globalThis as { last?: number }).last
      Object.assign(globalThis, { last: counted.frames })
      return known === counted.frames && performance.now() > 4000
    },
    undefined,
    { polling: 500 },
  )
  const before = await visitor.evaluate(() => counted.frames)
  await visitor.mouse.move(200, 200)
  await visitor.waitForFunction((before) => counted.frames > before, before, { polling: 50 })
})
