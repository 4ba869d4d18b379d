import { describe, expect, test } from 'vitest'
import type { Settings } from '../../src/settings'
import { resourceEntries, resources } from '../../src/sources/resources'
import type { SourceOptions } from '../../src/sources/source'
import { fakePage } from '../helpers/page'
import { readsEntries, valuesOf } from '../helpers/sources'

const name = 'https://shop.test/a.css'
const read =
  (settings: SourceOptions = {}) =>
  (page: ReturnType<typeof fakePage>, options: SourceOptions = {}) =>
    resources(page, { ...settings, ...options })

/** The names of these resources that are told. */
const told = (settings: SourceOptions, ...names: string[]) => {
  const page = fakePage()
  const entries = names.map((name) => ({ name }))
  return valuesOf(page, read(settings)(page), () => page.emit('resource', entries)).map(({ name }) => name)
}

describe('resources', () => {
  const common = { entryType: 'resource', name, startTime: 100 }
  readsEntries('resource', read(), { name, duration: 12.06 }, { ...common, duration: 12.1, serverTiming: [] } as never)

  test('copies all that the browser tells, zeros too, times to 0.1 ms and never negative', () => {
    const page = fakePage()
    const entry = { name, fetchStart: -14, transferSize: 0, responseStatus: 200, nextHopProtocol: 'h2' }
    const [copy] = valuesOf(page, read()(page), () => page.emit('resource', [entry]))

    expect(copy).toMatchObject({ ...entry, fetchStart: 0 })
    expect(JSON.parse(JSON.stringify(copy))).toEqual(copy)
  })

  test('copies server timings as plain data', () => {
    class PerformanceServerTiming {
      readonly name = 'db'
      readonly duration = 53.26
      readonly description = ''
      toJSON = () => ({})
    }
    const page = fakePage()
    const entry = { name, serverTiming: [new PerformanceServerTiming()] }
    const [copy] = valuesOf(page, read()(page), () => page.emit('resource', [entry]))

    expect(copy?.serverTiming).toEqual([{ name: 'db', duration: 53.3, description: '' }])
  })

  const [api, css, cdn] = ['https://shop.test/rum/api', 'https://shop.test/note.css', 'https://cdn.test/b.css']
  test.for<[string, Settings['ignoreResources'] | undefined, string[]]>([
    ['the default', undefined, [css, cdn]],
    ['nothing', '', [api, css, cdn]],
    ['a list with nothing in it', ['/rum', ''], [css, cdn]],
    ['a text', 'cdn.test', [api, css]],
    ['a list', ['cdn', '.css'], [api]],
    ['an empty list', [], [api, css, cdn]],
    ['no', 'no', [api, css, cdn]],
  ])('leaves out what ignoreResources names: %s', ([, ignoreResources, expected]) => {
    expect(told(ignoreResources === undefined ? {} : { ignoreResources }, api, css, cdn)).toEqual(expected)
  })

  test('hands on no list in which nothing is wanted', () => {
    const page = fakePage()

    expect(valuesOf(page, resourceEntries(page), () => page.emit('resource', [{ name: api }]))).toEqual([])
  })

  test("never tells of the client's own requests", () => {
    const endpoint = 'https://rum.test/beacons'
    expect(told({ ignoreResources: 'no', endpoint }, endpoint, `${endpoint}?x=1`, `${endpoint}/more`)).toEqual([
      `${endpoint}/more`,
    ])
  })

  test.for(['/beacons', 'beacons', 'https://shop.test/beacons?key=1'])(
    "never tells of the client's own requests to the endpoint %s",
    (endpoint) => {
      expect(told({ ignoreResources: 'no', endpoint }, new URL(endpoint, 'https://shop.test/').href)).toEqual([])
    },
  )
})
