import { describe, expect, test } from 'vitest'
import { navigation } from '../../src/sources/navigation'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { watch } from '../helpers/watch'

const entry = {
  responseStart: 100,
  responseEnd: 130.06,
  domContentLoadedEventStart: 300,
  domContentLoadedEventEnd: 300,
  loadEventEnd: 700,
  domComplete: 650,
  duration: 700,
}
const phases = {
  responseTime: 30.1,
  domContentLoadedEventStart: 300,
  domContentLoadedEventEnd: 300,
  domContentLoadedDuration: 0,
  renderDuration: 400,
  domComplete: 650,
  duration: 700,
}

describe('navigation', () => {
  givesBack(navigation)

  marbles('tells the phases once, when the load event has ended', ({ cold, expectObservable, flush }) => {
    const page = fakePage()
    const source = cold('---l---------')
    const expected = '   ---(p|)      '

    // the load event's own end is only known after its listeners
    source.subscribe(() => {
      page.finishLoading()
      page.emit('navigation', [entry])
    })
    expectObservable(navigation(page)).toBe(expected, { p: phases })
    flush()
    expect(page.open()).toBe(0)
  })

  marbles('tells them at once where the page has loaded before', ({ expectObservable }) => {
    const page = fakePage({ document: { readyState: 'complete' } })
    page.emit('navigation', [entry])

    expectObservable(navigation(page)).toBe('(p|)', { p: phases })
  })

  marbles(
    'tells the server timings, and why the page did not come back, where there are any',
    ({ expectObservable }) => {
      const page = fakePage({ document: { readyState: 'complete' } })
      const serverTiming = [{ name: 'render', duration: 20.54, description: '' }]
      page.emit('navigation', [{ ...entry, serverTiming, notRestoredReasons: { reasons: [{ reason: 'websocket' }] } }])
      const told = {
        serverTiming: [{ name: 'render', duration: 20.5, description: '' }],
        notRestoredReasons: { reasons: [{ reason: 'websocket' }] },
      }

      expectObservable(navigation(page)).toBe('(p|)', { p: { ...phases, ...told } })
    },
  )

  marbles('leaves them out where there are none', ({ expectObservable }) => {
    const page = fakePage({ document: { readyState: 'complete' } })
    page.emit('navigation', [{ ...entry, serverTiming: [], notRestoredReasons: null }])

    expectObservable(navigation(page)).toBe('(p|)', { p: phases })
  })

  marbles('tells no time of rendering of a page whose loading was stopped', ({ expectObservable }) => {
    const page = fakePage({ document: { readyState: 'complete' } })
    page.emit('navigation', [{ ...entry, loadEventEnd: 0 }])
    const { renderDuration, ...others } = phases

    expectObservable(navigation(page)).toBe('(p|)', { p: others })
  })

  marbles('is empty without a navigation entry', ({ expectObservable }) => {
    expectObservable(navigation(fakePage({ document: { readyState: 'complete' } }))).toBe('|')
  })

  test('is empty for a view that began later, as of a page that only came back', () => {
    const { seen, end } = watch(navigation(fakePage({ document: { readyState: 'complete' } }), { since: 60_000 }))
    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
  })
})
