import { describe, expect, test, vi } from 'vitest'
import { outsideZone } from '../../src/sources/zone'
import { fakePage } from '../helpers/page'

describe('outsideZone', () => {
  test("runs in the root zone of Angular's, and hands the result back", () => {
    const run = vi.fn((action: () => unknown) => action())
    const root = { run }

    expect(outsideZone(fakePage({ Zone: { root } }), () => 5)).toBe(5)
    expect(run).toHaveBeenCalledOnce()
    expect(run.mock.contexts[0]).toBe(root)
  })

  test.for([undefined, {}, { root: undefined }])('runs at once where Zone is %o', (Zone) => {
    expect(outsideZone(fakePage({ Zone }), () => 5)).toBe(5)
  })

  test('finds a zone that came after it', () => {
    const page = fakePage()
    const run = vi.fn((action: () => unknown) => action())
    outsideZone(page, () => 0)
    Object.assign(page, { Zone: { root: { run } } })
    outsideZone(page, () => 0)

    expect(run).toHaveBeenCalledOnce()
  })
})
