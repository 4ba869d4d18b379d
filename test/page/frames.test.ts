import { describe } from 'vitest'
import { frames } from '../../src/page/frames'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'

describe('frames', () => {
  givesBack(frames)

  marbles('tells the time of each frame, until it is left', ({ expectObservable }) => {
    const page = fakePage()
    page.frameLength = 3
    const unsub = '   --------!'
    const expected = '---f--s--'

    expectObservable(frames(page), unsub).toBe(expected, { f: 3, s: 6 })
  })
})
