import { describe, expect, test } from 'vitest'
import { summary } from '../../src/sinks/step'

describe('summary', () => {
  test('says when, and what, in one line', () => {
    expect(summary({ type: 'sent', timeStamp: 12.6, id: 'key-3', seq: 3, reason: 'sample', bytes: 0 })).toBe(
      '13 ms, seq 3, reason sample, bytes 0',
    )
  })

  test('leaves objects and functions for a closer look', () => {
    expect(summary({ type: 'send', timeStamp: 0, payload: {}, list: [], call: () => 0, cause: undefined })).toBe(
      '0 ms, cause undefined',
    )
  })
})
