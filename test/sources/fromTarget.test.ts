import { describe, expect, test, vi } from 'vitest'
import { fromTarget } from '../../src/sources/fromTarget'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'

describe('fromTarget', () => {
  givesBack((page) => fromTarget(page, 'click'))

  test('emits the events of its type, from now on', () => {
    const page = fakePage()
    page.fire('scroll')
    const seen = valuesOf(page, fromTarget(page, 'scroll'), () => {
      page.fire('scroll')
      page.fire('wheel')
      page.fire('scroll')
    })

    expect(seen.map(({ type }) => type)).toEqual(['scroll', 'scroll'])
  })

  test('hears an event on its way down only where it is asked to', () => {
    const page = fakePage()
    const heard: string[] = []
    fromTarget(page, 'click').subscribe(() => heard.push('up'))
    page.document.addEventListener('click', () => heard.push('there'))
    fromTarget(page, 'click', true).subscribe(() => heard.push('down'))

    page.fire('click')

    expect(heard).toEqual(['down', 'there', 'up'])
  })

  test('never cancels: it listens passively', () => {
    const target = new EventTarget()
    const listen = vi.spyOn(target, 'addEventListener')

    watch(fromTarget(target, 'wheel')).unsubscribe()

    expect(listen.mock.calls[0]?.[2]).toMatchObject({ passive: true })
  })
})
