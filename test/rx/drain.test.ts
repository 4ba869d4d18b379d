import { take } from 'rxjs'
import { afterEach, describe, expect, test } from 'vitest'
import { drain } from '../../src/rx/drain'
import { endedScript, stick } from '../helpers/endedScript'
import { watch } from '../helpers/watch'

describe('drain', () => {
  afterEach(() => void Reflect.deleteProperty(Object.prototype, 'length'))

  test('takes all items out, in their order, and those that come meanwhile', () => {
    const list = ['a', 'b']
    const taken: string[] = []
    drain(list).subscribe((item) => {
      taken.push(item)
      if (item === 'a') list.push('c')
    })
    expect(taken).toEqual(['a', 'b', 'c'])
    expect(list).toEqual([])
    expect(watch(drain(list)).end.completed).toBe(true)
  })

  test('gives each item to one reader alone, also to one that asks while another is at work', () => {
    const list = ['a', 'b', 'c']
    const inner: string[] = []
    const outer: string[] = []
    drain(list).subscribe((item) => {
      outer.push(item)
      inner.push(...watch(drain(list)).seen)
    })
    expect([outer, inner]).toEqual([['a'], ['b', 'c']])
  })

  test('leaves in the list what nobody waits for any more', () => {
    const list = ['a', 'b', 'c']
    expect(watch(drain(list).pipe(take(1))).seen).toEqual(['a'])
    expect(list).toEqual(['b', 'c'])
  })

  test('leaves in the list what a script that is ended has not come to', () => {
    const list = ['a', 'b', 'c']
    endedScript(() => drain(list).subscribe(stick))
    expect(watch(drain(list)).seen).toEqual(['b', 'c'])
  })

  test('is no list, whatever all objects have', () => {
    Object.defineProperty(Object.prototype, 'length', { value: 0, configurable: true })
    expect(watch(drain(['a', 'b'])).seen).toEqual(['a', 'b'])
  })
})
