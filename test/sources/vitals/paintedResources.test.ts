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

  test('keeps the resource of a paint through any number of fetches, and five hundred others', () => {
    const resources = paintedResources()
    resources.add(entry('/hero.png', 10))
    for (let at = 0; at < 600; at++) resources.add(entry('/api', at, { initiatorType: 'fetch' }))
    for (let at = 0; at < 499; at++) resources.add(entry(`/${at}.png`, at))
    expect(resources.behind('/hero.png', 999)).toBeDefined()

    resources.add(entry('/last.png', 50))
    expect(resources.behind('/hero.png', 999)).toBeUndefined()
    expect(resources.behind('/0.png', 999)).toBeDefined()
  })

  test('keeps no more than 200,000 characters of URLs, and the last of them', () => {
    const resources = paintedResources()
    const url = (name: string, length = 8000) => name.padEnd(length, 'x')
    const add = (name: string, length?: number) => resources.add(entry(url(name, length), 10))
    for (let at = 0; at < 25; at++) add(`${at}-`)
    expect(resources.behind(url('0-'), 99)).toBeDefined()

    add('next-', 1)
    expect(resources.behind(url('0-'), 99)).toBeUndefined()
    expect(resources.behind(url('1-'), 99)).toBeDefined()

    add('huge', 200_001)
    add('a', 10)
    expect(resources.behind(url('1-'), 99)).toBeUndefined()
    expect(resources.behind(url('a', 10), 99)).toBeDefined()
  })
})
