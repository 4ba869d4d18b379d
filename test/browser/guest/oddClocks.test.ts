import { expect, test } from '../harness/browserTest.ts'
import { untilTold } from '../readings/told.ts'
import { bundle } from './bundle.ts'
import { complaints, guestPage, received } from './guestPage.ts'

declare const clock: { tick(ms: number): void }

/** All clocks at once, as a tester of a page installs them: Date, timers, frames, and `performance`, marks and all. */
const fakeTimers = await bundle(
  `import { install } from '@sinonjs/fake-timers'; window.clock = install({ ignoreMissingTimers: true })`,
)

const own = { events: [{ alive: {} }], console: [{ value: { 0: 'heard' } }] }

test('goes by the clocks of a page whose fake timers came first, and loses nothing where they stand still', async ({
  site,
  tab,
}) => {
  const at = await site(guestPage({ before: fakeTimers }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expect.poll(() => at.requests).toContain('GET /done')
  expect(at.beacons).toEqual([])
  await visitor.evaluate(() => clock.tick(1000))
  const { view } = await untilTold(received(at), ({ view }) => expect(view).toMatchObject(own))
  expect(view.events.length).toBe(1)
  await visitor.evaluate(() => console.error('heard', 'late'))
  await visitor.close()
  await untilTold(received(at), ({ view, payloads }) => {
    expect(view.console.map(({ value }) => value[1])).toEqual([{ deep: [1] }, 'late'])
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual(payloads.map((_, index) => index))
  })
  expect(heard).toEqual([])
})

test('goes by its own clocks where fake timers came later', async ({ site, tab }) => {
  const from = Date.now()
  const at = await site(guestPage({ after: fakeTimers }))
  const visitor = await tab()
  const heard = complaints(visitor)
  await visitor.goto(at.url('/'))
  expect(await visitor.evaluate(() => [Date.now(), performance.now()])).toEqual([0, 0])
  const { session } = await untilTold(received(at), ({ view }) => expect(view).toMatchObject(own))
  expect(session.lastLoop).toBeGreaterThanOrEqual(from)
  await visitor.evaluate(() => console.error('heard', 'late'))
  const { view } = await untilTold(received(at), ({ view }) => expect(view.console).toHaveLength(2))
  const [first, second] = [...view.events, ...view.console].map(({ timeStamp }) => Number(timeStamp))
  expect(first).toBeGreaterThan(0)
  expect(second).toBeGreaterThanOrEqual(Number(first))
  expect(heard).toEqual([])
})
