import { describe, expect, it } from 'vitest'
import { frameRates } from '../../../../demo/inspector/page/frameRates.ts'

describe('the line of frame rates', () => {
  it('tells a rate as it is, and draws it no higher than there is room', () => {
    const fps = [
      { timeStamp: 200, fps: 120 },
      { timeStamp: 400, fps: 30 },
    ]
    expect(frameRates(fps, 75)).toEqual({ times: [200, 400], rates: [120, 30], drawn: [75, 30] })
  })

  it('has a hole where none was measured for a while', () => {
    const fps = [
      { timeStamp: 200, fps: 60 },
      { timeStamp: 9000, fps: 50 },
    ]
    expect(frameRates(fps, 75)).toEqual({ times: [200, 400, 9000], rates: [60, null, 50], drawn: [60, null, 50] })
  })
})
