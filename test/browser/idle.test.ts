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

test('leaves an idle page alone: no frame, one timer a sample, no request', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: counter, settings: { samplingRate: 100 } }) })
  const visitor = await tab(at.url('/'))
  const calm = () =>
    visitor.evaluate(
      () =>
        new Promise<typeof counted>((resolve) => {
          let last = -1
          const subscription = CRUM.debug$.subscribe(({ type, timeStamp }) => {
            if (type === 'sample' && timeStamp > performance.now() - 50) {
              // two samples in a row without a frame between them: nothing moves any more
              if (counted.frames === last && timeStamp > 4000) {
                subscription.unsubscribe()
                Object.assign(counted, { frames: 0, timers: 0, other: 0 })
                resolve(counted)
              }
              last = counted.frames
            }
          })
        }),
    )
  await calm()
  const before = at.beacons.length
  const { frames, timers, samples, other } = await visitor.evaluate(
    (loops) =>
      new Promise<typeof counted>((resolve) => {
        counted.samples = 0
        CRUM.debug$.subscribe(({ type, timeStamp }) => {
          if (type === 'sample' && timeStamp > performance.now() - 50 && ++counted.samples === loops) resolve(counted)
        })
      }),
    60,
  )
  const posts = at.beacons
    .slice(before)
    .map(({ payload: { view } }) => Object.keys(view).filter((key) => typeof view[key as 'id'] !== 'string'))
  expect(frames).toBe(0)
  expect(other).toBe(0)
  // the first sample may have been opened before
  expect(timers).toBeLessThanOrEqual(samples + 1)
  expect(posts).toEqual([])
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
