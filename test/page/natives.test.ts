import { expect, test, vi } from 'vitest'
import * as natives from '../../src/page/natives'

test('are those that were there when the client came', () => {
  const { AbortController: native } = globalThis
  vi.stubGlobal('AbortController', class {})

  expect(natives.AbortController).toBe(native)
  expect(new natives.TextEncoder().encode('é')).toHaveLength(2)
  vi.unstubAllGlobals()
})
