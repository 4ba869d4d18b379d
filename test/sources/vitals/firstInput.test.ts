import { describe, expect, test } from 'vitest'
import { firstInput } from '../../../src/sources/vitals/firstInput'
import { fakePage } from '../../helpers/page'
import { readsEntries, valuesOf } from '../../helpers/sources'

describe('firstInput', () => {
  readsEntries('first-input', firstInput, { duration: 200, processingStart: 116.04 }, { fid: 16 })

  test('keeps a delay of 0', () => {
    const page = fakePage()
    const input = { startTime: 100, processingStart: 100 }

    expect(valuesOf(page, firstInput(page), () => page.emit('first-input', [input]))).toEqual([{ fid: 0 }])
  })

  test('tells nothing of a page that was in the background until then', () => {
    const page = fakePage()
    page.emit('visibility-state', [{ name: 'hidden', startTime: 0 }])
    const input = { startTime: 100, processingStart: 116 }

    expect(valuesOf(page, firstInput(page), () => page.emit('first-input', [input]))).toEqual([])
  })
})
