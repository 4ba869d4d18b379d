import { describe, expect, test } from 'vitest'
import { pageLeave } from '../../src/page/pageLeave'
import { type FakePage, fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

const types = (page: FakePage, act: (page: FakePage) => void) =>
  valuesOf(page, pageLeave(page), act).map(({ type }) => type)

describe('leaving', () => {
  givesBack(pageLeave)

  test.for<[string, (page: FakePage) => void, string[]]>([
    ['when the page is hidden', (page) => page.hide(), ['visibilitychange']],
    ['when it is put on ice', (page) => page.fire('freeze'), ['freeze']],
    ['at both signs of a navigation', (page) => page.leave(), ['pagehide', 'visibilitychange']],
  ])('emits %s', ([, act, expected]) => {
    expect(types(fakePage(), act)).toEqual(expected)
  })

  test('is silent when the page is seen again', () => {
    const page = fakePage({ document: { visibilityState: 'hidden' } })
    expect(types(page, () => page.show())).toEqual([])
  })

  test('is silent while the page is prerendered', () => {
    const page = fakePage({ document: { prerendering: true, visibilityState: 'hidden' } })
    expect(types(page, () => page.leave())).toEqual([])
  })

  test('comes after the listeners on the window that hand over the last vitals', () => {
    const page = fakePage()
    const heard: string[] = []
    const subscription = pageLeave(page).subscribe(() => heard.push('leaving'))
    page.addEventListener('visibilitychange', () => heard.push('vitals'), true)

    page.hide()
    subscription.unsubscribe()

    expect(heard).toEqual(['vitals', 'leaving'])
  })
})
