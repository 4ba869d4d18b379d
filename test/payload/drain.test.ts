import { defer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { drain } from '../../src/payload/drain'
import { endedScript, stick } from '../helpers/endedScript'
import { watch } from '../helpers/watch'

describe('drain', () => {
  test('takes all items out, in their order, and those that come meanwhile', () => {
    const list = ['a', 'b']
    const taken: string[] = []
    for (const item of drain(list)) {
      taken.push(item)
      if (item === 'a') list.push('c')
    }
    expect(taken).toEqual(['a', 'b', 'c'])
    expect(list).toEqual([])
  })

  test('gives each item to one reader alone, also to one that asks while another is at work', () => {
    const list = ['a', 'b', 'c']
    const inner: string[] = []
    const outer: string[] = []
    for (const item of drain(list)) {
      outer.push(item)
      inner.push(...drain(list))
    }
    expect([outer, inner]).toEqual([['a'], ['b', 'c']])
  })

  test('leaves in the list what a script that is ended has not come to', () => {
    const list = ['a', 'b', 'c']
    const items$ = defer(() => drain(list))
    endedScript(() => items$.subscribe(stick))
    expect(watch(items$).seen).toEqual(['b', 'c'])
  })
})
