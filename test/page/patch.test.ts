import { describe, expect, test, vi } from 'vitest'
import { patch, patchAll } from '../../src/page/patch'

type Call = (this: unknown, ...args: unknown[]) => unknown

/** A target whose method `add` is patched by one that notes its calls. */
const patched = () => {
  const target = {
    base: 1,
    add(this: { base: number }, a: number, b: number) {
      return this.base + a + b
    },
  }
  const original = target.add
  const noted: unknown[][] = []
  const wrap = (inner: Call): Call =>
    function (...args) {
      noted.push(args)
      return inner.apply(this, args)
    }
  return { target, original, noted, wrap, off: patch(target, 'add', wrap as never) }
}

describe('patch', () => {
  test('keeps arguments, return value and this', () => {
    const { target, noted } = patched()

    expect(target.add(2, 3)).toBe(6)
    expect(target.add.call({ base: 10 } as never, 2, 3)).toBe(15)
    expect(noted).toEqual([
      [2, 3],
      [2, 3],
    ])
  })

  test('keeps name and length', () => {
    const { target, original } = patched()

    expect([target.add.name, target.add.length]).toEqual([original.name, original.length])
  })

  test('keeps its text and what the page has put on it', () => {
    const target = { add: Object.assign(() => 0, { by: 'another tool' }), now: Date.now }
    const text = String(target.now)
    patch(target, 'add', (original) => () => original())
    patch(target, 'now', (original) => () => original())

    expect(target.add.by).toBe('another tool')
    expect(String(target.now).replace(/\s+\w*\(/, '(')).toBe(text.replace(/\s+\w*\(/, '('))
  })

  test('leaves what can not be replaced as it is', () => {
    const target = Object.freeze({ add: () => 1 })
    const off = patch(target, 'add', () => () => 2)

    expect(target.add()).toBe(1)
    off()
    expect(target.add()).toBe(1)
  })

  test('takes no notice of what the page has put on Object.prototype', () => {
    const extended = Object.prototype as { get?: unknown; set?: unknown }
    const { target, original } = patched()
    extended.get = extended.set = () => 'theirs'
    const seen = [target.add.name, target.add(2, 3)]
    delete extended.get
    delete extended.set

    expect(seen).toEqual([original.name, 6])
  })

  test('lets a throw of the original through', () => {
    const target = {
      fail: () => {
        throw new Error('its own')
      },
    }
    patch(target, 'fail', (original) => () => original())

    expect(() => target.fail()).toThrow('its own')
  })

  test('comes off', () => {
    const { target, original, noted, off } = patched()
    off()

    expect(target.add).toBe(original)
    target.add(1, 1)
    expect(noted).toEqual([])
  })

  test('falls silent under a later patch of somebody else', () => {
    const { target, noted, off } = patched()
    const ours = target.add
    const theirs = vi.fn(function (this: never, a: number, b: number) {
      return ours.call(this, a, b)
    })
    target.add = theirs
    off()

    expect(target.add).toBe(theirs)
    expect(target.add(2, 3)).toBe(6)
    expect(theirs).toHaveBeenCalledOnce()
    expect(noted).toEqual([])
  })

  test('comes off over an earlier patch, in any order', () => {
    const { target, original, noted, wrap, off } = patched()
    const offToo = patch(target, 'add', wrap as never)
    target.add(1, 1)
    expect(noted).toHaveLength(2)

    off()
    target.add(1, 1)
    expect(noted).toHaveLength(3)

    offToo()
    target.add(1, 1)
    expect(noted).toHaveLength(3)
    expect(target.add(2, 3)).toBe(original.call(target, 2, 3))
  })

  test.for([
    [0, 1],
    [1, 0],
  ])('leaves nothing of two patches of ours that come off in the order %o', (order) => {
    const { target, original, wrap, off } = patched()
    const offs = [off, patch(target, 'add', wrap as never)]
    for (const at of order) offs[at]?.()

    expect(target.add).toBe(original)
  })

  test('may come off twice', () => {
    const { target, off } = patched()
    off()
    const theirs = () => 0
    target.add = theirs
    off()

    expect(target.add).toBe(theirs)
  })
})

describe('patchAll', () => {
  test('patches several methods, tells which one is called, and takes all of them off', () => {
    const target = { add: (a: number) => a + 1, double: (a: number) => a * 2 }
    const originals = { ...target }
    const called: string[] = []
    const off = patchAll(target, ['add', 'double'], (original, name) => (a: number) => {
      called.push(name)
      return original(a)
    })

    expect([target.add(1), target.double(3)]).toEqual([2, 6])
    off()
    expect(target).toEqual(originals)
    expect([target.add(1), called]).toEqual([2, ['add', 'double']])
  })

  test('leaves out what is not there', () => {
    const target = { add: (a: number) => a + 1, double: undefined as ((a: number) => number) | undefined }
    const { add } = target
    const off = patchAll(target, ['double', 'add'], () => () => 7)

    expect([target.add(1), target.double]).toEqual([7, undefined])
    off()
    expect(target).toEqual({ add, double: undefined })
  })
})
