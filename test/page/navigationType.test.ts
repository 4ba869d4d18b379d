import { describe, expect, test } from 'vitest'
import { navigationType } from '../../src/page/navigationType'
import { fakePage } from '../helpers/page'

const typeOf = (entry: object, document = {}) => {
  const page = fakePage({ performance: { now: () => 1000 }, document })
  page.emit('navigation', [{ responseStart: 10, ...entry }])
  return navigationType(page)
}

describe('navigationType', () => {
  test.for([
    ['navigate', { type: 'navigate' }, {}],
    ['reload', { type: 'reload' }, {}],
    ['back-forward', { type: 'back_forward' }, {}],
    ['prerender', { type: 'navigate', activationStart: 5 }, {}],
    ['restore', { type: 'reload' }, { wasDiscarded: true }],
    ['prerender', { type: 'navigate', activationStart: 5 }, { wasDiscarded: true }],
    ['navigate', { type: 'reload', responseStart: 0 }, { wasDiscarded: true }],
    ['navigate', {}, {}],
  ])('says %s of %o in a document with %o', ([expected, entry, document]) => {
    expect(typeOf(entry as object, document as object)).toBe(expected)
  })
})
