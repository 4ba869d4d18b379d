import { timer } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { idleSoon } from '../../src/page/idle'
import { timelineOf } from '../../src/page/timeline'
import type { FrameRate } from '../../src/payload/payload'
import { frameRate } from '../../src/sources/frameRate'
import { inVirtualTime } from '../helpers/marbles'
import { FakeElement, type FakePage, fakePage, type Overrides } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { fakeNavigation } from '../helpers/target'
import { watch } from '../helpers/watch'

type Acts = [time: number, act: (page: FakePage) => void][]
type Span = [from: number, to: number]

/** The spans in which a frame of the page was pending, but for one that was taken back at once. */
const watchFrames = (page: FakePage) => {
  const spans: Span[] = []
  const pending = new Set<number>()
  let from = 0
  const { requestAnimationFrame, cancelAnimationFrame } = page
  const settle = (handle: number) => {
    const now = page.performance.now()
    if (pending.delete(handle) && !pending.size && now > from) spans.push([from, now])
  }
  page.requestAnimationFrame = (callback) => {
    if (!pending.size) from = page.performance.now()
    const handle = requestAnimationFrame((time) => {
      callback(time)
      settle(handle)
    })
    pending.add(handle)
    return handle
  }
  page.cancelAnimationFrame = (handle) => {
    cancelAnimationFrame(handle)
    settle(handle)
  }
  return spans
}

/** What is told until a time, while the page does things, and the spans in which a frame was pending. */
const measured = (until: number, acts: Acts = [], overrides: Overrides = {}) => {
  let spans: Span[] = []
  let seen: FrameRate[] = []
  inVirtualTime(({ flush }) => {
    const page = fakePage({ navigation: fakeNavigation(), ...overrides })
    spans = watchFrames(page)
    // a timeline that hands over in idle moments what is not wanted at once
    const watched = watch(frameRate(page, { timeline: timelineOf(page, idleSoon(page)) }))
    seen = watched.seen
    const doing = acts.map(([time, act]) => timer(time).subscribe(() => act(page)))
    timer(until).subscribe(() => {
      watched.unsubscribe()
      for (const one of doing) one.unsubscribe()
      expect(page.open()).toBe(0)
    })
    flush()
  })
  return { seen, spans, rates: seen.map(({ fps }) => fps) }
}

const scroll = (page: FakePage) => page.fire('scroll')

/** Scrolls now and then, so that the page moves between these times, and 1 s longer. */
const moving = (from: number, to: number): Acts =>
  Array.from({ length: Math.floor((to - from) / 100) + 1 }, (_, at) => [from + at * 100, scroll])

/** The length of a frame from then on: 16 ms are 63 fps, 50 ms are 20 fps. */
const frames = (length: number) => (page: FakePage) => Object.assign(page, { frameLength: length })

describe('frameRate', () => {
  givesBack(frameRate)

  test('tells the frames per second of a window of 200 ms', () => {
    // from the first of 13 frames, 16 ms each, to the last
    expect(measured(500, moving(0, 500)).seen).toEqual([{ timeStamp: 224, fps: 63 }])
  })

  test.for<[asked: number, length: number]>([
    // 12 of these are 199.5 ms
    [13, 16.625],
    [13, 17],
    [14, 16],
  ])('asks for %i frames of %f ms, and takes none of them back', ([asked, length]) => {
    inVirtualTime(({ flush }) => {
      const page = fakePage({ navigation: fakeNavigation() })
      frames(length)(page)
      const request = vi.spyOn(page, 'requestAnimationFrame')
      const cancel = vi.spyOn(page, 'cancelAnimationFrame')
      const watched = watch(frameRate(page))
      page.fire('scroll')
      timer(900).subscribe(() => {
        expect(request).toHaveBeenCalledTimes(asked)
        expect(cancel.mock.calls.every(([handle]) => handle === request.mock.results.at(-1)?.value)).toBe(true)
        watched.unsubscribe()
      })
      flush()
    })
  })

  test('watches for a second after a prerendered page is shown', () => {
    const show = (page: FakePage) => page.fire('prerenderingchange')
    expect(measured(2900, [[1000, show]]).spans).toEqual([[1000, 1224]])
  })

  test('watches one window a second while all is smooth, and asks for no frame in between', () => {
    expect(measured(3900, moving(0, 3900)).spans).toEqual([
      [0, 224],
      [1000, 1224],
      [2000, 2224],
      [3000, 3224],
    ])
  })

  test('does not repeat a window within 1 fps of the last one that was told', () => {
    const acts: Acts = [
      [0, frames(50)],
      [1500, frames(48)],
      [2500, frames(46)],
    ]
    const { seen, spans } = measured(3900, [...acts, ...moving(0, 3900)])

    expect(spans).toHaveLength(4)
    // 20, 20, 21 and 22 fps
    expect(seen).toEqual([
      { timeStamp: 250, fps: 20 },
      { timeStamp: 3276, fps: 22 },
    ])
  })

  test('watches window after window once the rate has dropped, until two in a row are smooth', () => {
    const acts: Acts = [
      [500, frames(50)],
      [1840, frames(16)],
    ]
    const { rates, spans } = measured(3900, [...acts, ...moving(0, 3900)])

    expect(rates).toEqual([63, 20, 63])
    // slow ones until 1850 ms, and two of 208 ms each
    expect(spans).toEqual([
      [0, 224],
      [1000, 2266],
      [3000, 3224],
    ])
  })

  test('begins to count anew where the rate drops between two smooth windows', () => {
    const acts: Acts = [
      [500, frames(50)],
      [1240, frames(16)],
      [1450, frames(50)],
      [1650, frames(16)],
    ]
    const { rates, spans } = measured(2900, [...acts, ...moving(0, 2900)])

    expect(rates).toEqual([63, 20, 63, 20, 63])
    // a smooth one ends at 1458 ms, a slow one at 1658 ms, and then two smooth ones
    expect(spans).toEqual([
      [0, 224],
      [1000, 2074],
    ])
  })

  test.for<[fps: number, length: number, second: Span]>([
    [18, 56, [1000, 1280]],
    [17, 59, [1000, 1900]],
  ])('takes nine tenths of the best rate for smooth: %i of 20 fps', ([fps, length, second]) => {
    const acts: Acts = [
      [0, frames(50)],
      [500, frames(length)],
    ]
    const { rates, spans } = measured(1900, [...acts, ...moving(0, 1900)])

    expect(rates).toEqual([20, fps])
    expect(spans).toEqual([[0, 250], second])
  })

  test('compares with the best rate that it has seen, whatever the display can do', () => {
    const acts: Acts = [
      [0, frames(8)],
      [500, frames(16)],
    ]
    const { rates, spans } = measured(3000, [...acts, ...moving(0, 3000)])

    expect(rates).toEqual([125, 63])
    expect(spans).toEqual([
      [0, 208],
      [1000, 3000],
    ])
  })

  describe.for([
    ['a long animation frame', 'long-animation-frame'],
    ['a long task', 'longtask'],
  ])('after %s', ([, type]) => {
    const trouble = (startTime: number) => (page: FakePage) => page.emit(`${type}`, [{ startTime, duration: 60 }])

    test('watches window after window until two in a row are smooth', () => {
      expect(measured(1900, [[500, trouble(440)], ...moving(0, 1900)]).spans).toEqual([
        [0, 224],
        [500, 932],
        [1000, 1224],
      ])
      expect(measured(900, [[100, trouble(40)], ...moving(0, 900)]).spans).toEqual([[0, 432]])
    })

    test('watches none where nothing moves, then or later', () => {
      expect(measured(1900, [[500, trouble(440)]]).spans).toEqual([])
      expect(measured(1900, [[500, trouble(440)], ...moving(1000, 1900)]).spans).toEqual([[1000, 1224]])
    })
  })

  test('watches a window a second where the browser tells of neither', () => {
    expect(measured(1900, moving(0, 1900), { supportedEntryTypes: [] }).spans).toEqual([
      [0, 224],
      [1000, 1224],
    ])
  })

  test('asks for no frame before something moves', () => {
    expect(measured(5000)).toMatchObject({ spans: [], seen: [] })
  })

  test('asks for none from 1 s after the last sign of movement on, until there is another', () => {
    const acts: Acts = [0, 600, 3000, 3600].map((time) => [time, scroll])

    expect(measured(7000, acts).spans).toEqual([
      [0, 224],
      [1000, 1224],
      [3000, 3224],
      [4000, 4224],
    ])
  })

  test('asks for none after a drop either when nothing moves, and goes on with the next movement', () => {
    const acts: Acts = [
      [500, frames(50)],
      [2000, frames(16)],
    ]
    const scrolls: Acts = [0, 600, 3000].map((time) => [time, scroll])

    expect(measured(3900, [...acts, ...scrolls]).spans).toEqual([
      [0, 224],
      [1000, 1750],
      [3000, 3432],
    ])
  })

  test.for<[string, (page: FakePage) => void]>([
    ['the load event', (page) => page.finishLoading()],
    ['a pointer that is pressed', (page) => page.fire('pointerdown')],
    ['a pointer that moves', (page) => page.fire('pointermove')],
    ['a key', (page) => page.fire('keydown')],
    ['scrolling', scroll],
    ['an animation that starts', (page) => page.fire('animationstart')],
    ['a transition that starts', (page) => page.fire('transitionrun')],
    ['a route change', (page) => page.navigate('/cart')],
  ])('takes for movement: %s', ([, act]) => {
    expect(measured(9000, [[5000, act]]).spans).toEqual([[5000, 5224]])
  })

  test('hears what happens to an element, which does not bubble', () => {
    const inList = (page: FakePage) => page.fire('scroll', { target: new FakeElement('ul') })

    expect(measured(900, [[0, inList]]).spans).toEqual([[0, 224]])
  })

  /** When frames are pending after 600 ms of scrolling, with an animation in this state until 1900 ms, and then in that. */
  const animated = (early: AnimationPlayState, late: AnimationPlayState) => {
    const animation = { playState: early }
    const acts: Acts = [0, 600].map((time) => [time, scroll])
    const end = () => Object.assign(animation, { playState: late })
    return measured(9000, [...acts, [1900, end]], { document: { getAnimations: () => [animation] } }).spans
  }

  test('goes on while an animation runs', () => {
    expect(animated('running', 'running')).toHaveLength(9)
    // until 1 s after it was seen last
    expect(animated('running', 'finished')).toEqual([
      [0, 224],
      [1000, 1224],
      [2000, 2224],
    ])
    expect(animated('paused', 'paused')).toHaveLength(2)
  })

  test('asks the browser whether an animation runs, whatever its class says', () => {
    class Animation {
      get playState() {
        return 'finished'
      }
    }
    class Theirs extends Animation {
      override get playState(): string {
        throw new Error('theirs')
      }
    }
    const acts: Acts = [0, 600].map((time) => [time, scroll])

    expect(measured(9000, acts, { document: { getAnimations: () => [new Theirs()] } }).spans).toHaveLength(2)
  })

  test('asks for no frame of a hidden page, and begins anew when it is seen and moves', () => {
    const acts: Acts = [
      [0, scroll],
      [100, (page) => page.hide()],
      [300, scroll],
      [1000, (page) => page.show()],
      [1300, scroll],
    ]
    const { seen, spans } = measured(1900, acts)

    expect(seen).toEqual([{ timeStamp: 1524, fps: 63 }])
    expect(spans).toEqual([
      [0, 100],
      [1300, 1524],
    ])
    expect(measured(1900, moving(0, 1900), { document: { visibilityState: 'hidden' } }).spans).toEqual([])
  })

  test('gives the history back where it had to listen in on it', () => {
    const { spans } = measured(6000, [[5000, (page) => page.navigate('/cart')]], { navigation: undefined })

    expect(spans).toEqual([[5000, 5224]])
  })
})
