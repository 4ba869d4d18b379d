import { describe, expect, test } from 'vitest'
import { handledError, pageError } from '../../src/page/pageError'
import { fakePage } from '../helpers/page'

const at = { performance: { now: () => 12.34 } }
const empty = { message: '', stack: '', source: '', line: 0, column: 0, timeStamp: 12.3 }

describe('pageError', () => {
  test('fills in what the browser does not tell, and the time', () => {
    expect(pageError(fakePage(at), { type: 'csp', message: 'img-src' })).toEqual({
      ...empty,
      type: 'csp',
      message: 'img-src',
    })
  })
})

describe('handledError', () => {
  test('tells an error as an uncaught one would be, marked, with the context that was given', () => {
    const error = Object.assign(new Error('a', { cause: 'b' }), { stack: 'at a' })
    const causes = [{ type: 'String', message: 'b', stack: '' }]

    expect(handledError(fakePage(at), error, { cart: [1] })).toEqual({
      ...{ ...empty, type: 'error', message: 'a', stack: 'at a', isHandled: true, causes, context: { cart: [1] } },
    })
    expect(handledError(fakePage(at), { status: 402 })).toEqual({
      ...{ ...empty, type: 'error', message: '{"status":402}', isHandled: true },
    })
  })
})
