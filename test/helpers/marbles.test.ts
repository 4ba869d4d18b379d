import { interval, repeat, timer } from 'rxjs'
import { expect, test } from 'vitest'
import { inVirtualTime, marbles } from './marbles'

test.for([
  ['goes on for ever', interval(10)],
  ['begins again in the same moment, for ever', timer(0).pipe(repeat())],
] as const)('virtual time with a stream that %s fails instead of hanging', ([, endless$]) => {
  expect(() => inVirtualTime(({ expectObservable }) => expectObservable(endless$).toBe(''))).toThrow(
    'expected virtual time to end',
  )
})

marbles('virtual time may be long', ({ expectObservable }) => {
  expectObservable(timer(7 * 86_400_000)).toBe('604800s (l|)', { l: 0 })
})
