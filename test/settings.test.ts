import { describe, expect, test } from 'vitest'
import { settings } from '../src/settings'

/** What becomes of these settings, and the complaints about them. */
const check = (given: object) => {
  const complaints: string[] = []
  const checked = settings(given, '', (complaint) => complaints.push(complaint))
  return { checked, complaints }
}
const defaults = check({}).checked
const unspeakable = {
  toJSON: () => {
    throw new Error('no')
  },
  [Symbol.toPrimitive]: () => {
    throw new Error('no')
  },
}

describe('settings', () => {
  test('has the defaults of the documentation', () => {
    expect(check({})).toEqual({
      complaints: [],
      checked: expect.objectContaining({
        ...{ samplingRate: 5000, entriesRate: 500, maxEntries: 50, ignoreResources: '/rum', savingMode: true },
        ...{ newSessionAfter: 300, stopCollectorAfter: 60, viewId: '', labels: '', endpoint: '' },
        ...{ trackResources: true, trackHeroes: true, trackErrors: true, trackConsole: true },
        ...{ sampleRate: 1, respectGpc: false, consent: 'granted', compress: 'auto' },
      }),
    })
  })

  test.for<[name: string, value: unknown]>([
    ['samplingRate', 1],
    ['samplingRate', 2e6],
    ['maxEntries', 1],
    ['stopCollectorAfter', 0.5],
    ['ignoreResources', 'no'],
    ['ignoreResources', ['/a', '/b']],
    ['ignoreResources', []],
    ['savingMode', false],
    ['viewId', 'checkout'],
    ['labels', 'a=1, b=2'],
    ['labels', ['a=1']],
    ['endpoint', '/beacons'],
    ['endpoint', 'http://rum.test:8080/beacons?key=1'],
    ['endpoint', '//rum.test/beacons'],
    ['sampleRate', 0],
    ['sampleRate', 0.25],
    ['consent', 'pending'],
    ['compress', true],
    ['compress', 'no'],
    ['beforeSend', () => null],
    ['onReady', () => {}],
  ])('takes %s: %o', ([name, value]) => {
    expect(check({ [name]: value })).toEqual({ checked: { ...defaults, [name]: value }, complaints: [] })
  })

  test('takes undefined for not given', () => {
    expect(check({ samplingRate: undefined, nothing: undefined })).toEqual({ checked: defaults, complaints: [] })
  })

  const numbers = ['samplingRate', 'entriesRate', 'maxEntries', 'newSessionAfter', 'stopCollectorAfter', 'sampleRate']
  const noNumbers = ['5', true, [1], {}, 5n, Symbol('x'), unspeakable]
  const texts = ['viewId', 'endpoint', 'labels', 'ignoreResources']
  const switches = ['savingMode', 'trackResources', 'trackHeroes', 'trackErrors', 'trackConsole', 'respectGpc']
  const functions = ['beforeSend', 'maskUrl', 'onReady']
  test.for<[name: string, value: unknown]>([
    ...numbers.flatMap((name) => [-1, Number.NaN, Infinity, 3e6, 'x'].map((value): [string, unknown] => [name, value])),
    ...noNumbers.map((value): [string, unknown] => ['samplingRate', value]),
    ...[0.5, 1.5].map((value): [string, unknown] => ['maxEntries', value]),
    ...['0.5', true, null].map((value): [string, unknown] => ['sampleRate', value]),
    ['samplingRate', 0],
    ...texts.flatMap((name) => [5, true, null, {}, [5]].map((value): [string, unknown] => [name, value])),
    ...switches.flatMap((name) => [1, 'true', 'false', null, []].map((value): [string, unknown] => [name, value])),
    ...functions.flatMap((name) => ['f', null, {}].map((value): [string, unknown] => [name, value])),
    ...['', 'no', true, null].map((value): [string, unknown] => ['consent', value]),
    ...['htps://rum.test/', 'ftp://rum.test/', 'http://[bad', 'data:,x'].map((value): [string, unknown] => [
      'endpoint',
      value,
    ]),
    ...['', 'gzip', 0, null].map((value): [string, unknown] => ['compress', value]),
  ])('defaults %s for %o, and says so once', ([name, value]) => {
    const { checked, complaints } = check({ [name]: value })

    // what is said of consent is not that it is there
    expect(checked).toEqual({ ...defaults, ...(name === 'consent' && { consent: 'pending' }) })
    expect(complaints).toEqual([expect.stringMatching(new RegExp(`^${name} is .+, expected .+`, 's'))])
  })

  test('names what was given', () => {
    expect(check({ samplingRate: 'fast' }).complaints[0]).toContain('"fast"')
    expect(check({ savingMode: 0 }).complaints[0]).toContain('is 0,')
    expect(check({ consent: 'no' }).complaints).toEqual(['consent is "no", expected granted or pending'])
    expect(check({ viewId: 'x'.repeat(5) }).complaints).toEqual([])
    expect(check({ maxEntries: -1 }).complaints).toEqual(['maxEntries is -1, expected 1 to 2000000'])
    expect(check({ labels: {} }).complaints).toEqual(['labels is {}, expected a text or a list of texts'])
    expect(check({ labels: ['x'.repeat(500), 5] }).complaints[0]?.length).toBeLessThan(200)
  })

  test.for(['samplingrate', 'CRUM', 'toString', 'constructor', 'hasOwnProperty'])(
    'names the unknown setting %s',
    (name) => {
      const { checked, complaints } = check({ [name]: () => 5 })

      expect(Object.keys(checked)).toEqual(Object.keys(defaults))
      expect(complaints).toEqual([expect.stringContaining(`${name} is`)])
    },
  )

  test('complains of each wrong one, and takes the others', () => {
    const { checked, complaints } = check({ samplingRate: 'x', entriesRate: 'y', maxEntries: 7 })

    expect(checked).toEqual({ ...defaults, maxEntries: 7 })
    expect(complaints).toHaveLength(2)
  })
})
