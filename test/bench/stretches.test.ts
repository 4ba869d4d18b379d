import { expect, test } from 'vitest'
import { stretches } from '../../bench/trace/stretches.ts'
import { main, profile } from './trace.ts'

const isClient = (url: string) => url === 'client'

test('last from a sample in the client to the next sample', () => {
  const events = profile([
    [100, '(idle)'],
    [200, 'start@client'],
    [350, 'start@client', 'inner@client'],
    [400, '(idle)'],
  ])

  expect(stretches(events, main, isClient)).toMatchObject([
    { start: 200, end: 350 },
    { start: 350, end: 400 },
  ])
})

test.for([
  ['a built-in function that the client has called', ['onLoad@client', 'stringify'], 1],
  ['what the client calls for the page', ['page@page', 'patched@client'], 1],
  ['what of the page runs in a wrapper of the client', ['patched@client', 'handler@page'], 0],
  ['a built-in function that the page has called', ['handler@page', 'stringify'], 0],
  ['the garbage collector', ['(garbage collector)'], 0],
] as const)('charge the client or not with %s', ([, stack, count]) => {
  expect(
    stretches(
      profile([
        [0, ...stack],
        [100, '(idle)'],
      ]),
      main,
      isClient,
    ),
  ).toHaveLength(count)
})

test('are in order where samples are not', () => {
  const events = profile([
    [300, '(idle)'],
    [100, 'start@client'],
  ])

  expect(stretches(events, main, isClient)).toMatchObject([{ start: 100, end: 300 }])
})

test('are none without a profile of the thread', () => {
  const events = profile([[0, 'start@client']]).map((event) => ({ ...event, tid: 9 }))

  expect(stretches(events, main, isClient)).toEqual([])
})
