import { describe, expect, test } from 'vitest'
import { resourceTypes } from '../../src/sources/resourceTypes'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

describe('resourceTypes', () => {
  givesBack(resourceTypes)

  const kinds = (...entries: [initiatorType: string, name: string][]) => {
    const page = fakePage()
    const resource = entries.map(([initiatorType, name]) => ({ initiatorType, name: `https://shop.test/${name}` }))
    return valuesOf(page, resourceTypes(page), () => page.emit('resource', resource))
  }

  test('counts up, at each list of entries', () => {
    const page = fakePage()
    const load = (initiatorType: string, name: string) => ({ initiatorType, name: `https://shop.test/${name}` })
    const seen = valuesOf(page, resourceTypes(page), () => {
      page.emit('resource', [load('link', 'a.css'), load('img', 'b.png')])
      page.emit('resource', [load('link', 'c.css')])
    })

    expect(seen).toEqual([
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
