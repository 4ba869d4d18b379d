import { describe, expect, test } from 'vitest'
import { paintedResources } from '../../../src/sources/vitals/paintedResources'

const entry = (name: string, startTime: number, more = {}) =>
  ({ name, startTime, requestStart: 0, responseEnd: startTime + 50, initiatorType: 'img', ...more }) as never

describe('paintedResources', () => {
  test('finds the last request for a URL before a time', () => {
    const resources = paintedResources()
    for (const one of [entry('/a', 10), entry('/b', 20), entry('/a', 30), entry('/a', 60)]) resources.add(one)

    expect(resources.behind('/a', 59)).toMatchObject({ requested: 30, loaded: 80 })
    expect(resources.behind('/a', 5)).toBeUndefined()
    expect(resources.behind('/c', 99)).toBeUndefined()
  })

  test('takes for the moment of the request that of the request itself, where it is known', () => {
    const resources = paintedResources()
    resources.add(entry('/a', 10, { requestStart: 25 }))

    expect(resources.behind('/a', 99)).toMatchObject({ requested: 25 })
    expect(resources.behind('/a', 25)).toBeDefined()
    expect(resources.behind('/a', 24)).toBeUndefined()
  })

  test('keeps the resource of a paint through hundreds of fetches, and no more than fifty others', () => {
    const resources = paintedResources()
    resources.add(entry('/hero.png', 10))
    for (let at = 0; at < 500; at++) resources.add(entry('/api', at, { initiatorType: 'fetch' }))
    for (let at = 0; at < 49; at++) resources.add(entry(`/${at}.png`, at))
    expect(resources.behind('/hero.png', 999)).toBeDefined()

    resources.add(entry('/last.png', 50))
    expect(resources.behind('/hero.png', 999)).toBeUndefined()
  })
})
