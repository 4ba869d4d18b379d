import { describe, expect, test, vi } from 'vitest'
import { events } from '../../src/page/events'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'

describe('events', () => {
  givesBack((page) => events(page, 'click'))

  test('emits the events of its type, from now on', () => {
    const page = fakePage()
    page.fire('scroll')
    const seen = valuesOf(page, events(page, 'scroll'), () => {
      page.fire('scroll')
      page.fire('wheel')
      page.fire('scroll')
    })

    expect(seen.map(({ type }) => type)).toEqual(['scroll', 'scroll'])
  })

  test('emits the events of several types', () => {
    const page = fakePage()
    const seen = valuesOf(page, events(page, ['scroll', 'wheel']), () => {
      page.fire('wheel')
      page.fire('click')
      page.fire('scroll')
    })

    expect(seen.map(({ type }) => type)).toEqual(['wheel', 'scroll'])
  })

  test('emits what scripts dispatch only where it is asked to', () => {
    const page = fakePage()
    const scripted = (untrusted?: boolean) =>
      valuesOf(page, events(page, 'pagehide', { ...(untrusted && { untrusted }) }), () => {
        page.fire('pagehide', { isTrusted: false })
      })

    expect([scripted(), scripted(true)].map(({ length }) => length)).toEqual([0, 1])
  })

  test('emits at the subscription as well if it is asked to', () => {
    const page = fakePage()

    expect(valuesOf(page, events(page, 'scroll', { now: true }), () => page.fire('scroll'))).toHaveLength(2)
  })

  test('hears an event on its way down only where it is asked to', () => {
    const page = fakePage()
    const heard: string[] = []
    events(page, 'click').subscribe(() => heard.push('up'))
    page.document.addEventListener('click', () => heard.push('there'))
    events(page, 'click', { capture: true }).subscribe(() => heard.push('down'))

    page.fire('click')

    expect(heard).toEqual(['down', 'there', 'up'])
  })

  test('never cancels: it listens passively', () => {
    const target = new EventTarget()
    const listen = vi.spyOn(EventTarget.prototype, 'addEventListener')

    watch(events(target, 'wheel')).unsubscribe()

    expect(listen.mock.calls[0]?.[2]).toMatchObject({ passive: true })
    listen.mockRestore()
  })
})
