import type { Collector } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import { unchanging } from './harness/unchanging.ts'
import { page } from './readings/row.ts'

declare const CRUM: Collector
declare const counted: Record<'frames' | 'timers' | 'samples' | 'other' | 'requests', number>

/** Counts, from before the client runs, what it asks the browser for. */
const counter = `<script>
  counted = { frames: 0, timers: 0, samples: 0, other: 0, requests: 0 }
  for (const [name, counter] of [['requestAnimationFrame', 'frames'], ['setTimeout', 'timers'], ['setInterval', 'timers'], ['requestIdleCallback', 'other'], ['queueMicrotask', 'other']]) {
    const original = window[name]
    window[name] = (callback, ...args) => original.call(window, (...given) => { counted[counter]++; callback(...given) }, ...args)
  }
  const { fetch } = window
  window.fetch = (...given) => { counted.requests++; return fetch(...given) }
</script>`

/** What is counted in 60 samples of an idle page, once nothing moves any more. */
const idleLoops = () =>
  new Promise<typeof counted>((resolve) => {
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
          resolve(counted)
        }
      } else if (counted.frames === lastFrames && timeStamp > 4000) {
        // two samples in a row without a frame between them: nothing moves any more
        isCalm = true
        for (const kind in counted) counted[kind as keyof typeof counted] = 0
      }
      lastFrames = counted.frames
    })
    isPast = false
  })

test('leaves an idle page alone: no frame, one timer a sample, no request', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: unchanging + counter, settings: { samplingRate: 100 } }) })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => performance.now() > 4000)
  await at.until((beacons) => beacons.length > 0)
  const { timers, samples, ...others } = await visitor.evaluate(idleLoops)
  expect(others).toEqual({ frames: 0, other: 0, requests: 0 })
  // the first sample may have been opened before
  expect(timers).toBeLessThanOrEqual(samples + 1)
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
