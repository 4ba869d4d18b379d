import { describe } from 'vitest'
import { secondFrame } from '../../src/page/secondFrame'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'

describe('secondFrame', () => {
  givesBack(secondFrame)

  marbles('emits once, in the second frame', ({ expectObservable }) => {
    const page = fakePage()
    page.frameLength = 3
    // frames:         ---f--f
    const expected = ' ------(s|)'

    expectObservable(secondFrame(page)).toBe(expected, { s: 6 })
  })

  marbles('asks for no frame more when it is left between the two', ({ expectObservable, flush }) => {
    const page = fakePage()
    page.frameLength = 3
    const unsub = '   ----!'
    const expected = '-----'

    expectObservable(secondFrame(page), unsub).toBe(expected)
    flush()
  })
})
