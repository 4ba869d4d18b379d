import { asyncScheduler } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { fromPage } from '../../src/page/fromPage'
import { fakePage } from '../helpers/page'

const soon = () => new Promise((resolve) => asyncScheduler.schedule(resolve, 5))

describe('fromPage', () => {
  test('acts at once, outside of a zone', () => {
    const told: string[] = []
    const page = fakePage()
    const run = (action: () => void) => {
      told.push('outside')
      action()
    }
    Object.assign(page, { Zone: { root: { run } } })
    fromPage(page)(() => told.push('done'))

    expect(told).toEqual(['outside', 'done'])
  })

  test('begins nothing that it can not end, where the stack is nearly full, and loses nothing', async () => {
    const page = fakePage()
    const told: string[] = []
    const goDown = (calls: number): boolean => !calls || !!goDown(calls - 1)
    const act = () => {
      told.push('begun')
      goDown(100)
      told.push('done')
    }
    // compiled while there is room
    goDown(1)
    let isTold = false
    const run = fromPage(page)
    const fall = (): void => {
      try {
        fall()
      } catch {
        // at the bottom, and where that is too deep a few calls higher
        if (isTold) return
        run(act)
        isTold = true
      }
    }
    fall()
    await soon()

    expect(told).toEqual(['begun', 'done'])
  })
})
