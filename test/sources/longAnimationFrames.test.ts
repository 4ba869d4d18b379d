import { describe } from 'vitest'
import { longAnimationFrames } from '../../src/sources/longAnimationFrames'
import { readsEntries } from '../helpers/sources'

const script = { invoker: 'BUTTON.onclick', invokerType: 'event-listener', sourceURL: 'https://shop.test/a.js' }
const more = { sourceFunctionName: 'pay', duration: 61.26 }
const times = { duration: 90.04, blockingDuration: 0, renderStart: 170, styleAndLayoutStart: 0 }

describe('longAnimationFrames', () => {
  readsEntries(
    'long-animation-frame',
    longAnimationFrames,
    { ...times, scripts: [{ ...script, ...more, window: {}, toJSON: () => ({}) }] },
    { ...times, startTime: 100, duration: 90, scripts: [{ ...script, ...more, duration: 61.3 }] },
  )
})
