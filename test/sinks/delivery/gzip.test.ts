import { gunzipSync } from 'node:zlib'
import { firstValueFrom } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { compressed, compressedUrl } from '../../../src/sinks/delivery/gzip'

const opened = (zip: ArrayBuffer) => gunzipSync(zip).toString()

describe('compressed', () => {
  test('is smaller, and the same when it is opened again', async () => {
    const body = JSON.stringify(Array(500).fill({ name: 'a', startTime: 0 }))
    const zip = await firstValueFrom(compressed(body))

    expect(zip.byteLength).toBeLessThan(body.length / 10)
    expect(opened(zip)).toBe(body)
  })

  test.for(['', 'ä€😀'])('loses nothing of %o', async (body) => {
    expect(opened(await firstValueFrom(compressed(body)))).toBe(body)
  })
})

describe('compressedUrl', () => {
  test.for([
    ['https://rum.test/rum', 'https://rum.test/rum?encoding=gzip'],
    ['https://rum.test/rum?site=1', 'https://rum.test/rum?site=1&encoding=gzip'],
    ['/rum', '/rum?encoding=gzip'],
    // nobody sends a fragment, and a query behind one would be part of it
    ['/rum#a', '/rum?encoding=gzip'],
    ['https://rum.test/rum?site=1#a?b', 'https://rum.test/rum?site=1&encoding=gzip'],
  ] as const)('says of %s in the query what its body is', ([endpoint, expected]) => {
    expect(compressedUrl(endpoint)).toBe(expected)
  })
})
