import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import * as format from '../../../../demo/inspector/page/format.ts'
import { brief } from '../../../../demo/inspector/page/happenings.ts'
import { rate } from '../../../../demo/inspector/thresholds.ts'

describe('numbers', () => {
  it.each([
    [0, '0 ms'],
    [3.17, '3.2 ms'],
    [320.4, '320 ms'],
    [1240, '1.24 s'],
    [59_940, '59.9 s'],
    [125_000, '2 min 5 s'],
    [3_725_000, '1 h 2 min'],
  ])('%d ms is %s', (ms, text) => {
    expect(format.duration(ms)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [14_230, '14.2 kB'],
    [412_000, '412 kB'],
    [1_300_000, '1.3 MB'],
    [2_500_000_000, '2.50 GB'],
  ])('%d bytes are %s', (count, text) => {
    expect(format.bytes(count)).toBe(text)
  })

  it('are said with their unit, CLS as a score', () => {
    expect([format.measured('cls', 0.0123), format.measured('cls', 0.25), format.measured('lcp', 2500)]).toEqual([
      ...['0.012', '0.25', '2.5 s'],
    ])
    expect([format.plural(1, 'view'), format.plural(1200, 'view')]).toEqual(['1 view', '1,200 views'])
  })

  it.each([
    ['https://a.example/x/y.js?v=1', 'y.js?v=1', 'a.example/x'],
    ['https://a.example/', '/', 'a.example'],
    ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA', 'data'],
    ['no url', 'no url', ''],
  ])('the URL %s is %s at %s', (url, file, place) => {
    expect(format.urlParts(url)).toEqual({ file, place })
  })

  it('values are short', () => {
    expect([brief('x'.repeat(300)).length, brief(null), brief(undefined), brief({ a: [1] })]).toEqual([
      200,
      'null',
      '',
      '{"a":[1]}',
    ])
  })

  it.each([
    ['lcp', 2500, 'good'],
    ['lcp', 2501, 'fair'],
    ['inp', 500, 'fair'],
    ['inp', 501, 'poor'],
    ['cls', 0.26, 'poor'],
    ['fid', 100, 'good'],
  ] as const)('%s of %d is %s', (name, value, rating) => {
    expect(rate(name, value)).toBe(rating)
  })
})

describe('the colours', () => {
  it('can be read in light and dark: text has a contrast of 4.5 to 1 on every ground', async () => {
    const sheet = await readFile(new URL('../../../../demo/inspector/page/theme.css', import.meta.url), 'utf8')
    const [light = '', dark = ''] = [...sheet.matchAll(/:root \{([^}]*)\}/g)].map(([, body]) => body as string)
    const faint: string[] = []
    for (const scheme of [light, dark]) {
      const colour = (name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(scheme)?.[1] ?? fail(name)
      for (const ground of ['ground', 'panel', 'chosen', 'hover'])
        for (const text of ['text', 'soft', 'good', 'fair', 'poor', 'accent'])
          if (contrast(colour(text), colour(ground)) < 4.5)
            faint.push(`${text} on ${ground}: ${contrast(colour(text), colour(ground)).toFixed(2)}`)
    }
    expect(faint).toEqual([])
  })
})

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function fail(name: string): never {
  throw new Error(`theme.css has no colour ${name}`)
}
