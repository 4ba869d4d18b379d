import { expect, test, vi } from 'vitest'
import type { Page } from '../../src/page/page'
import { warnIn } from '../../src/page/warnIn'

test('warnIn writes an error with the console that the page has by then', () => {
  const error = vi.fn()
  const console = { error }
  const warn = warnIn({ console } as unknown as Page)
  console.error = vi.fn()
  warn('crum:', 1)

  expect(error.mock.calls).toEqual([['crum:', 1]])
  expect(error.mock.contexts).toEqual([console])
})

test.for([[undefined], [null], [{}], [{ error: 1 }]])('warnIn is silent where the console is %j', ([console]) => {
  expect(() => warnIn({ console } as unknown as Page)('crum:')).not.toThrow()
})
