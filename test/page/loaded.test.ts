import { describe, expect, test } from 'vitest'
import { loaded } from '../../src/page/loaded'
import { inVirtualTime } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { watch } from '../helpers/watch'

const prerendered = (readyState: string) => fakePage({ document: { prerendering: true, readyState } })
const activate = (page: ReturnType<typeof fakePage>) => {
  Object.assign(page.document, { prerendering: false })
  page.fire('prerenderingchange')
}

describe('loaded', () => {
  givesBack(loaded)

  test('emits at the load event, once, and gives everything back', () => {
    const page = fakePage()
    const { seen, end } = watch(loaded(page))
    expect(seen).toHaveLength(0)

    page.finishLoading()
    page.fire('load')

    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
  })

  test('emits at once where the page has loaded before', () => {
    const { seen, end } = watch(loaded(fakePage({ document: { readyState: 'complete' } })))

    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(true)
  })

  test('waits for the load event of a page that is interactive', () => {
    expect(watch(loaded(fakePage({ document: { readyState: 'interactive' } }))).seen).toHaveLength(0)
  })

  test('emits a task after the document is complete where nobody hears a load event', () => {
    inVirtualTime(({ flush }) => {
      const page = fakePage({ document: { readyState: 'interactive' } })
      const { seen, end } = watch(loaded(page))
      page.fire('readystatechange')
      flush()
      expect(seen).toHaveLength(0)

      Object.assign(page.document, { readyState: 'complete' })
      page.fire('readystatechange')
      expect(seen).toHaveLength(0)
      flush()
      expect(seen).toHaveLength(1)
      expect(end.completed).toBe(true)
      expect(page.open()).toBe(0)
    })
  })

  test('waits for the activation of a prerendered page that has loaded', () => {
    const page = prerendered('complete')
    const { seen } = watch(loaded(page))
    expect(seen).toHaveLength(0)

    activate(page)
    expect(seen).toHaveLength(1)
    expect(page.open()).toBe(0)
  })

  test('waits for the load of a prerendered page that is activated early', () => {
    const page = prerendered('loading')
    const { seen } = watch(loaded(page))
    activate(page)
    expect(seen).toHaveLength(0)

    page.finishLoading()
    expect(seen).toHaveLength(1)
    expect(page.open()).toBe(0)
  })
})
