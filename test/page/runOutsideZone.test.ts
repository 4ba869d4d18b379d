import { describe, expect, test, vi } from 'vitest'
import { runOutsideZone } from '../../src/page/runOutsideZone'
import { fakePage } from '../helpers/page'

describe('runOutsideZone', () => {
  test("runs in the root zone of Angular's, and hands the result back", () => {
    const run = vi.fn((action: () => unknown) => action())
    const root = { run }

    expect(runOutsideZone(fakePage({ Zone: { root } }), () => 5)).toBe(5)
    expect(run).toHaveBeenCalledOnce()
    expect(run.mock.contexts[0]).toBe(root)
  })

  test.for([undefined, {}, { root: undefined }, { root: '/zone' }])('runs at once where Zone is %o', (Zone) => {
    expect(runOutsideZone(fakePage({ Zone }), () => 5)).toBe(5)
  })

  test('finds a zone that came after it', () => {
    const page = fakePage()
    const run = vi.fn((action: () => unknown) => action())
    runOutsideZone(page, () => 0)
    Object.assign(page, { Zone: { root: { run } } })
    runOutsideZone(page, () => 0)

    expect(run).toHaveBeenCalledOnce()
  })
})
