import { describe, expect, test } from 'vitest'
import { performanceEntries } from '../../src/page/performanceEntries'
import { fakePage } from '../helpers/page'

describe('performanceEntries', () => {
  test('are those that the browser keeps, whatever the page has in the place of its method', () => {
    const kept = [{ name: 'a' }]
    const performance = Object.create({ getEntriesByType: (type: string) => (type === 'paint' ? kept : []) })
    performance.getEntriesByType = () => []

    expect(performanceEntries({ ...fakePage(), performance } as never, 'paint')).toBe(kept)
    expect(performanceEntries({ ...fakePage(), performance } as never, 'navigation')).toEqual([])
  })
})
