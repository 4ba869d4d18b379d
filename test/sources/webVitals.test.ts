import { describe, expect, test } from 'vitest'
import { webVitals } from '../../src/sources/webVitals'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

describe('webVitals', () => {
  // all else is for the real browsers: the package reads the page that it runs in
  test('is empty for any page but the one that the package runs in', () => {
    const page = fakePage()
    const { seen, end } = watch(webVitals(page))

    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
  })
})
