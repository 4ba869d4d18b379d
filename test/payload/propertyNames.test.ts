import { describe, expect, test } from 'vitest'
import { errorNames, hiddenNames } from '../../src/payload/propertyNames'

describe('errorNames', () => {
  test('begins with what an error has without listing it, and has each name once', () => {
    const error = Object.assign(new Error('a'), { code: 5, status: 402 })
    expect([...errorNames(error)]).toEqual(['name', 'code', 'message', 'stack', 'causes', 'status'])
  })

  test('leaves out what is told as a cause', () => {
    const error = Object.assign(new Error('a'), { cause: 'b', errors: [] })
    expect([...errorNames(error)]).toEqual(['name', 'code', 'message', 'stack', 'causes'])
  })
})

describe('hiddenNames', () => {
  test('has what events and answers do not list as their own', () => {
    expect(hiddenNames('CloseEvent')).toEqual(['type', 'target', 'reason', 'code', 'wasClean'])
    expect(hiddenNames('Response')).toEqual(['url', 'status', 'statusText'])
  })

  test('tells nothing of what was typed, and of other objects nothing more', () => {
    expect(hiddenNames('KeyboardEvent')).toEqual(['type', 'target', 'reason'])
    expect(hiddenNames('Object')).toEqual([])
  })
})
