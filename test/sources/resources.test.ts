import { describe, expect, test } from 'vitest'
import type { Settings } from '../../src/settings'
import { resources, resourceTypes } from '../../src/sources/resources'
import { fakePage } from '../helpers/page'
import { readsEntries, settingsWith, valuesOf } from '../helpers/sources'

const name = 'https://shop.test/a.css'
const read =
  (settings: Partial<Settings> = {}) =>
  (page: ReturnType<typeof fakePage>, since: number) =>
    resources(page, since, settingsWith(settings))

/** The names of these resources that are told. */
const told = (settings: Partial<Settings>, ...names: string[]) => {
  const page = fakePage()
  const entries = names.map((name) => ({ name }))
  return valuesOf(page, read(settings)(page, 0), () => page.emit('resource', entries)).map(({ name }) => name)
}

describe('resources', () => {
  const common = { entryType: 'resource', name, startTime: 100 }
  readsEntries('resource', read(), { name, duration: 12.06 }, { ...common, duration: 12.1, serverTiming: [] } as never)

  test('copies all that the browser tells, zeros too, times to 0.1 ms and never negative', () => {
    const page = fakePage()
    const entry = { name, fetchStart: -14, transferSize: 0, responseStatus: 200, nextHopProtocol: 'h2' }
    const [copy] = valuesOf(page, read()(page, 0), () => page.emit('resource', [entry]))

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
    const [copy] = valuesOf(page, read()(page, 0), () => page.emit('resource', [entry]))

    expect(copy?.serverTiming).toEqual([{ name: 'db', duration: 53.3, description: '' }])
  })

  const [api, css, cdn] = ['https://shop.test/rum/api', 'https://shop.test/a.css', 'https://cdn.test/b.css']
  test.for<[string, Settings['ignoreResources'] | undefined, string[]]>([
    ['the default', undefined, [css, cdn]],
    ['a text', 'cdn.test', [api, css]],
    ['a list', ['cdn', '.css'], [api]],
    ['an empty list', [], [api, css, cdn]],
    ['no', 'no', [api, css, cdn]],
  ])('leaves out what ignoreResources names: %s', ([, ignoreResources, expected]) => {
    expect(told({ ignoreResources }, api, css, cdn)).toEqual(expected)
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

describe('resourceTypes', () => {
  const kinds = (...entries: [initiatorType: string, name: string][]) => {
    const page = fakePage()
    const resource = entries.map(([initiatorType, name]) => ({ initiatorType, name: `https://shop.test/${name}` }))
    return valuesOf(page, resourceTypes(page, 0, settingsWith()), () => page.emit('resource', resource))
  }

  test('counts up, for each resource', () => {
    expect(kinds(['link', 'a.css'], ['img', 'b.png'], ['link', 'c.css'])).toEqual([
      { css: { count: 1 } },
      { css: { count: 1 }, image: { count: 1 } },
      { css: { count: 2 }, image: { count: 1 } },
    ])
  })

  test.for<[initiatorType: string, name: string, expected: string]>([
    ['link', 'a.css', 'css'],
    ['link', 'style', 'css'],
    ['css', 'imported.css?v=1', 'css'],
    ['link', 'preloaded.js', 'javascript'],
    ['link', 'module.mjs', 'javascript'],
    ['script', 'bundle', 'javascript'],
    ['img', 'pixel', 'image'],
    ['image', 'icon', 'image'],
    ['css', 'background', 'image'],
    ['css', 'background.PNG?x=a.js', 'image'],
    ['other', 'favicon.ico', 'image'],
    ['css', 'Inter.woff2', 'font'],
    ['link', 'Inter.ttf#iefix', 'font'],
    ['fetch', 'a.css', 'fetch'],
    ['xmlhttprequest', 'data.json', 'fetch'],
    ['iframe', 'frame.html', 'other'],
    ['beacon', 'track', 'other'],
    ['', '', 'other'],
  ])('counts %s %s as %s', ([initiatorType, name, expected]) => {
    expect(kinds([initiatorType, name])).toEqual([{ [expected]: { count: 1 } }])
  })
})
