import { describe, expect, test } from 'vitest'
import { visibility } from '../../src/page/visibility'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

describe('visibility', () => {
  givesBack(visibility)

  test('emits the state now, and at each change', () => {
    const page = fakePage()
    const seen = valuesOf(page, visibility(page), () => {
      page.hide()
      page.show()
    })

    expect(seen).toEqual(['visible', 'hidden', 'visible'])
  })

  test('emits hidden first for a page that opens in the background', () => {
    const page = fakePage({ document: { visibilityState: 'hidden' } })
    expect(valuesOf(page, visibility(page))).toEqual(['hidden'])
  })

  test('takes a page that is prerendered for a visible one', () => {
    const page = fakePage({ document: { visibilityState: 'hidden', prerendering: true } })
    expect(valuesOf(page, visibility(page))).toEqual(['visible'])
  })
})
