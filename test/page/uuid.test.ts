import { describe, expect, test } from 'vitest'
import { uuid } from '../../src/page/uuid'
import { fakePage } from '../helpers/page'

const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const filled = (byte: number) => ({ getRandomValues: (bytes: Uint8Array) => bytes.fill(byte) })

describe('uuid', () => {
  test('is a random UUID of version 4, another each time', () => {
    const ids = Array.from({ length: 200 }, () => uuid(fakePage()))

    for (const id of ids) expect(id).toMatch(version4)
    expect(new Set(ids).size).toBe(200)
  })

  test.for([0, 255])('keeps its shape for bytes of %i, without randomUUID', (byte) => {
    expect(uuid(fakePage({ crypto: filled(byte) }))).toMatch(version4)
  })
})
