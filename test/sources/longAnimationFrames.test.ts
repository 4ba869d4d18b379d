import { describe, expect, test } from 'vitest'
import { frameScript, longAnimationFrames } from '../../src/sources/longAnimationFrames'
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

test.for([
  ['BUTTON#buy.onclick', 'BUTTON#buy.onclick'],
  ['BUTTON#customer-4815.onclick', 'BUTTON.onclick'],
  ['SHOP-CARD#ann.lee@shop.test.onclick', 'SHOP-CARD.onclick'],
  ['BUTTON#a\nb.onclick', 'BUTTON.onclick'],
  ['#document.onclick', '#document.onclick'],
  ['TimerHandler:setTimeout', 'TimerHandler:setTimeout'],
  ['https://shop.test/a.js#x.1.onclick', 'https://shop.test/a.js#x.1.onclick'],
])('frameScript tells of the invoker %j as %j', ([invoker, told]) => {
  expect(frameScript({ ...script, ...more, invoker })).toEqual({ ...script, ...more, duration: 61.3, invoker: told })
})
