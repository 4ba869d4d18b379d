import { timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { FrameRate } from '../../src/payload/payload'
import { frameRate } from '../../src/sources/frameRate'
import { inVirtualTime } from '../helpers/marbles'
import { type FakePage, fakePage, type Overrides } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { FakeTarget } from '../helpers/target'
import { watch } from '../helpers/watch'

type Acts = [time: number, act: (page: FakePage) => void][]
const scroll = (page: FakePage) => page.fire('scroll')

/** What is told until a time, while the page does things, and the times at which frames were asked for. */
const measured = (until: number, acts: Acts = [], overrides: Overrides = {}) => {
  const asked: number[] = []
  let seen: FrameRate[] = []
  inVirtualTime(({ flush }) => {
    const page = fakePage({ navigation: new FakeTarget(), ...overrides })
    const { requestAnimationFrame } = page
    page.requestAnimationFrame = (callback) => {
      asked.push(page.performance.now())
      return requestAnimationFrame(callback)
    }
    const watched = watch(frameRate(page))
    seen = watched.seen
    const doing = acts.map(([time, act]) => timer(time).subscribe(() => act(page)))
    timer(until).subscribe(() => {
      watched.unsubscribe()
      for (const one of doing) one.unsubscribe()
      expect(page.open()).toBe(0)
    })
    flush()
  })
  return { seen, asked }
}
const between = (asked: number[], from: number, to: number) => asked.filter((time) => time > from && time < to).length

describe('frameRate', () => {
  givesBack(frameRate)

  test('tells the frames per second of a window, and not again what is within 1 fps', () => {
    const { seen } = measured(1900)

    // a frame each 16 ms: 13 of them in 208 ms
    expect(seen).toEqual([{ timeStamp: 224, fps: 63 }])
  })

  test('tells when the frames become fewer', () => {
    const { seen } = measured(1900, [[1000, (page) => Object.assign(page, { frameLength: 50 })]])

    expect(seen.at(0)?.fps).toBe(63)
    expect(seen.at(-1)?.fps).toBe(20)
  })

  test('asks for no frame when nothing has moved for 2 s, until something does', () => {
    const { asked } = measured(9000, [[5000, scroll]])

    expect(between(asked, 0, 2000)).toBeGreaterThan(100)
    expect(between(asked, 2050, 5000)).toBe(0)
    expect(between(asked, 5000, 7000)).toBeGreaterThan(100)
    expect(between(asked, 7050, 9000)).toBe(0)
  })

  test('goes on while there are signs', () => {
    const acts: Acts = [1000, 2500, 4000].map((time) => [time, scroll])
    const { asked } = measured(7000, acts)

    expect(between(asked, 4000, 6000)).toBeGreaterThan(100)
    expect(between(asked, 6050, 7000)).toBe(0)
  })

  test.for<[string, (page: FakePage) => void]>([
    ['a pointer', (page) => page.fire('pointermove')],
    ['a key', (page) => page.fire('keydown')],
    ['the load event', (page) => page.finishLoading()],
    ['an animation', (page) => page.fire('animationstart')],
    ['a route change', (page) => page.navigate('/cart')],
  ])('is woken by %s', ([, act]) => {
    const { asked } = measured(6000, [[5000, act]])

    expect(between(asked, 5000, 6000)).toBeGreaterThan(50)
  })

  test('goes on while an animation runs', () => {
    const getAnimations = () => [{ playState: 'running' }]
    const { asked } = measured(6000, [], { document: { getAnimations } })

    expect(between(asked, 5000, 6000)).toBeGreaterThan(50)
  })

  test('asks for no frame of a hidden page, and begins anew when it is seen', () => {
    const acts: Acts = [
      [500, (page) => page.hide()],
      [600, scroll],
      [1000, (page) => page.show()],
    ]
    const { seen, asked } = measured(1900, acts)

    expect(between(asked, 500, 1000)).toBe(0)
    expect(between(asked, 1000, 1900)).toBeGreaterThan(50)
    expect(seen.every(({ fps }) => fps > 60)).toBe(true)
  })

  test('gives the history back where it had to listen in on it', () => {
    const { asked } = measured(6000, [[5000, (page) => page.navigate('/cart')]], { navigation: undefined })

    expect(between(asked, 5000, 6000)).toBeGreaterThan(50)
  })
})
