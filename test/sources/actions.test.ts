import { Window } from 'happy-dom'
import { describe, expect, test, vi } from 'vitest'
import type { Page } from '../../src/page/page'
import { actions, markedClicks } from '../../src/sources/actions'
import { FakeElement, type FakePage, fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'
import { breaking, withProperties } from '../helpers/withProperties'

const main = new FakeElement('main')
const buy = new FakeElement('button', { 'crum-action': 'buy' }, main)
const pay = new FakeElement('button', { 'crum-action': 'pay', 'crum-send': '' }, main)
const icon = new FakeElement('svg', {}, buy)
const click = { pointerType: 'mouse', timeStamp: 1234.56, screenX: 7, screenY: 8 }
const told = { pointerType: 'mouse', type: 'click', timeStamp: 1234.6 }

/** What is told of these clicks. */
const clicks = <T>(source: (page: FakePage) => import('rxjs').Observable<T>, ...targets: unknown[]) => {
  const page = fakePage()
  return valuesOf(page, source(page), () => {
    for (const [at, target] of targets.entries())
      page.fire('click', { ...click, timeStamp: 1234.56 + at * 1000, target })
  })
}

describe('actions', () => {
  givesBack(actions)

  test('tells of a click on a marked element, or inside', () => {
    expect(clicks(actions, buy, icon)).toEqual([
      { ...told, target: 'button', name: 'buy' },
      { ...told, timeStamp: 2234.6, target: 'svg', name: 'buy' },
    ])
  })

  test('is silent about the clicks of scripts', () => {
    const page = fakePage()

    expect(
      valuesOf(page, actions(page), () => page.fire('click', { ...click, target: buy, isTrusted: false })),
    ).toEqual([])
  })

  test.for([
    ['at the same time', { timeStamp: 1234.56, detail: 0, screenX: 0, screenY: 0 }],
    ['at the same place, a little later', { timeStamp: 1240, screenX: 7, screenY: 8 }],
  ] as const)('takes a click on a label, and the one on its field %s, for one', ([, again]) => {
    const page = fakePage()
    const field = new FakeElement('input', {}, buy)
    const label = Object.assign(new FakeElement('label', {}, buy), { control: field })
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, detail: 1, target: label })
      page.fire('click', { ...click, ...again, target: field })
      page.fire('click', { ...click, timeStamp: 3000, screenX: 9, target: field })
    })

    expect(seen.map(({ target, timeStamp }) => [target, timeStamp])).toEqual([
      ['label', 1234.6],
      ['input', 3000],
    ])
  })

  test.for([{ screenX: 9 }, { screenY: 9 }])(
    'takes a later click on the field of a label for another one at %o',
    (place) => {
      const page = fakePage()
      const field = new FakeElement('input', {}, buy)
      const label = Object.assign(new FakeElement('label', {}, buy), { control: field })
      const seen = valuesOf(page, actions(page), () => {
        page.fire('click', { ...click, target: label })
        page.fire('click', { ...click, timeStamp: 1240, ...place, target: field })
      })

      expect(seen.map(({ target }) => target)).toEqual(['label', 'input'])
    },
  )

  test.for<[engine: string, again: object]>([
    ['Chromium', { timeStamp: 1234.56, detail: 1 }],
    ['Firefox', { timeStamp: 1250, detail: 1 }],
    ['WebKit', { timeStamp: 1234.56, detail: 0, pointerType: '' }],
  ])('takes the clicks on a label and its field in a closed shadow root for one, as %s makes them', ([, again]) => {
    const page = fakePage()
    const host = new FakeElement('shop-field', { 'crum-action': 'agree' })
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, detail: 1, target: host })
      page.fire('click', { ...click, ...again, target: host })
    })

    expect(seen).toMatchObject([{ ...told, name: 'agree' }])
  })

  test.for<[what: string, other: object, isPressed: boolean]>([
    ['a second press at the same place', { detail: 1 }, true],
    ['the second of a double click', { detail: 2 }, false],
    ['another place', { detail: 1, screenX: 9 }, false],
    ['a key', { detail: 0 }, false],
    ['another element', { detail: 1, target: pay }, false],
  ])('takes a later click on an element for another one after, or at, %s', ([, other, isPressed]) => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, detail: 1, target: buy, ...other })
      if (isPressed) page.fire('pointerdown', { ...click, target: buy })
      page.fire('click', { ...click, detail: 1, timeStamp: 1250, target: buy })
    })

    expect(seen.map(({ timeStamp }) => timeStamp)).toEqual([1234.6, 1250])
  })

  test('takes two presses of a key for two clicks', () => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      for (const timeStamp of [1000, 1100]) page.fire('click', { ...click, detail: 0, timeStamp, target: buy })
    })

    expect(seen).toHaveLength(2)
  })

  const field = new FakeElement('input', {}, buy)
  const label = Object.assign(new FakeElement('label', {}, main), { control: field })
  const host = new FakeElement('shop-field', { 'crum-action': 'agree' })

  test.for<[what: string, scripted: FakeElement, target: FakeElement]>([
    ['a field that follows the click of a script on its label', label, field],
    ['an element that follows the click of a script on a label in its closed shadow root', host, host],
  ])('is silent about the click on %s', ([, scripted, target]) => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, detail: 0, target: scripted, isTrusted: false })
      page.fire('click', { ...click, detail: 0, target })
      page.fire('click', { ...click, detail: 0, timeStamp: 3000, target })
    })

    expect(seen.map(({ timeStamp }) => timeStamp)).toEqual([3000])
  })

  test('is silent about the fields of several labels on which scripts click, the handler of one on the next', () => {
    const page = fakePage()
    const labels = [1, 2, 3].map(() => {
      const control = new FakeElement('input', {}, buy)
      return Object.assign(new FakeElement('label', {}, main), { control })
    })
    const seen = valuesOf(page, actions(page), () => {
      for (const target of labels) page.fire('click', { ...click, detail: 0, target, isTrusted: false })
      for (const { control } of labels.toReversed()) page.fire('click', { ...click, detail: 0, target: control })
    })

    expect(seen).toEqual([])
  })

  test('tells of the field of a label that a person clicks on, though a handler clicks on that field as well', () => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, detail: 1, target: label })
      page.fire('click', { ...click, detail: 0, target: field, isTrusted: false })
      page.fire('click', { ...click, detail: 0, target: field })
    })

    expect(seen).toMatchObject([{ target: 'input', name: 'buy' }])
  })

  test.for<[what: string, scripted: object, person: object]>([
    ['on something else', { target: main }, { detail: 0, target: buy }],
    ['on another label', { target: label }, { detail: 0, target: buy }],
    ['with a mouse on the same element', { target: buy }, { detail: 1, target: buy }],
    ['where the script only dispatches a press', { type: 'pointerdown', target: buy }, { detail: 0, target: buy }],
  ])('tells of the click of a person at the very time at which a script clicks: %s', ([, scripted, person]) => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire((scripted as { type?: string }).type ?? 'click', { ...click, ...scripted, isTrusted: false })
      page.fire('click', { ...click, ...person })
    })

    expect(seen).toHaveLength(1)
  })

  test('takes what is clicked in another task for another click, and holds no element until then', async () => {
    const page = fakePage()
    const seen: unknown[] = []
    const subscription = actions(page).subscribe((action) => seen.push(action))
    for (const timeStamp of [1234.56, 3000]) {
      page.fire('click', { ...click, detail: 1, timeStamp, target: buy })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    subscription.unsubscribe()

    expect(seen).toHaveLength(2)
  })

  test('looks at no element, and takes one timer, for a thousand clicks by a script in one task', async () => {
    const page = fakePage()
    const timers = vi.spyOn(globalThis, 'setInterval')
    const { unsubscribe } = watch(actions(page))
    const composedPath = vi.fn(() => [breaking(new FakeElement('input'), 'nodeType')])
    for (let at = 0; at < 1000; at++) page.fire('click', { ...click, target: buy, isTrusted: false, composedPath })

    expect([composedPath.mock.calls.length, timers.mock.calls.length]).toEqual([1000, 1])
    timers.mockRestore()
    unsubscribe()
  })

  test('takes no timer for a press', () => {
    const page = fakePage()
    const timers = vi.spyOn(globalThis, 'setInterval')
    const { unsubscribe } = watch(actions(page))
    page.fire('pointerdown', { ...click, target: buy })

    expect(timers).not.toHaveBeenCalled()
    timers.mockRestore()
    unsubscribe()
  })

  test('does not take the press of a script for a press', () => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, target: buy })
      page.fire('pointerdown', { ...click, timeStamp: 1240, target: buy, isTrusted: false })
      page.fire('click', { ...click, target: buy })
    })

    expect(seen).toHaveLength(1)
  })

  test('takes nothing but the field of a label for one', () => {
    const page = fakePage()
    const button = new FakeElement('button', {}, buy)
    const field = new FakeElement('input', { 'crum-action': 'agree' })
    const form = Object.assign(new FakeElement('form', { 'crum-action': 'order' }), { control: field })
    const seen = valuesOf(page, actions(page), () => {
      for (const [at, target] of [new FakeElement('p', {}, form), field, button].entries())
        page.fire('click', { pointerType: '', timeStamp: at, screenX: 0, screenY: 0, detail: 0, target })
    })

    expect(seen.map(({ name }) => name)).toEqual(['order', 'agree', 'buy'])
  })

  test('takes what a document or a window has in the place of what it lacks for no element', () => {
    const page = fakePage()
    const clobbered = { nodeType: 9, hasAttribute: new FakeElement('img'), localName: 'label', control: buy }
    const composedPath = () => [main, clobbered, { ...clobbered, nodeType: new FakeElement('img') }]
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', { ...click, target: main, composedPath })
      page.fire('click', { ...click, timeStamp: 3000, target: buy })
    })

    expect(seen).toMatchObject([{ name: 'buy' }])
  })

  test('takes two clicks on a field inside its label for two, at one place too', () => {
    const page = fakePage()
    const label = new FakeElement('label', { 'crum-action': 'agree' })
    const field = new FakeElement('input', {}, label)
    Object.assign(label, { control: field })
    const seen = valuesOf(page, actions(page), () => {
      for (const timeStamp of [1000, 1100]) page.fire('click', { ...click, timeStamp, target: field })
    })

    expect(seen.map(({ timeStamp }) => timeStamp)).toEqual([1000, 1100])
  })

  test('tells of a field whose label stands elsewhere, and is not marked', () => {
    const page = fakePage()
    const field = new FakeElement('input', { 'crum-action': 'agree' })
    const label = Object.assign(new FakeElement('label'), { control: field })
    const seen = valuesOf(page, actions(page), () => {
      for (const target of [label, field]) page.fire('click', { ...click, target })
    })

    expect(seen).toMatchObject([{ name: 'agree' }])
  })

  test('asks no element by what its fields have in the place of its own', () => {
    const page = fakePage()
    const form = new FakeElement('form', { 'crum-action': 'order', 'crum-send': '' })
    for (const name of ['hasAttribute', 'getAttribute'])
      Object.defineProperty(form, name, { value: new FakeElement('input') })
    const seen = valuesOf(page, markedClicks(page), () => page.fire('click', { ...click, target: form }))

    expect(seen).toMatchObject([{ action: { name: 'order' }, isUrgent: true }])
  })

  test.for<[what: string, event: object]>([
    ['has no detail', breaking({}, 'detail')],
    ['has no time', breaking({}, 'timeStamp')],
    ['has a path of nothing', { composedPath: () => undefined }],
    ['has nothing in its path', { composedPath: () => [null] }],
    ['has a path that throws', breaking({}, 'composedPath')],
  ])('leaves out a click of a script that %s, and tells of the next one of a person', ([, event]) => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', withProperties({ ...click, detail: 0, target: buy, isTrusted: false }, event) as typeof click)
      page.fire('click', { ...click, detail: 0, target: buy })
    })

    expect(seen).toMatchObject([{ name: 'buy' }])
  })

  test('leaves out a click of a person that the page has made unreadable, alone', () => {
    const page = fakePage()
    const seen = valuesOf(page, actions(page), () => {
      page.fire('click', breaking({ ...click, target: buy }, 'composedPath'))
      page.fire('click', { ...click, timeStamp: 3000, target: buy })
    })

    expect(seen).toMatchObject([{ timeStamp: 3000 }])
  })

  test('is silent about a click anywhere else', () => {
    expect(clicks(actions, main, fakePage().document, new FakeElement('a', { 'crum-send': '' }))).toEqual([])
  })

  test('finds the element in an open shadow root, by the path of the event', () => {
    const page = fakePage()
    const host = new FakeElement('shop-cart')
    const composedPath = () => [icon, buy, {}, host, page.document, page]
    const seen = valuesOf(page, actions(page), () => page.fire('click', { ...click, target: host, composedPath }))

    expect(seen).toMatchObject([{ target: 'svg', name: 'buy' }])
  })

  test('takes the nearest of two marked elements', () => {
    const inner = new FakeElement('a', { 'crum-action': 'inner' }, buy)
    expect(clicks(actions, inner)).toMatchObject([{ name: 'inner' }])
  })

  test('tells of an element that is marked with an empty name', () => {
    expect(clicks(actions, new FakeElement('a', { 'crum-action': '' }))).toMatchObject([{ name: '' }])
  })

  test('hears the clicks of a real document, inside a shadow root too', () => {
    const page = new Window()
    const told: object[] = []
    const subscription = actions(page as unknown as Page).subscribe((action) => told.push(action))
    page.document.body.innerHTML =
      '<button crum-action="buy"><i></i></button><shop-cart crum-action="open"></shop-cart><p></p>'
    const root = page.document.querySelector('shop-cart')?.attachShadow({ mode: 'open' })
    if (root) root.innerHTML = '<b></b>'
    const byHand = (element: unknown, timeStamp: number) => {
      const event = new page.MouseEvent('click', { bubbles: true, composed: true })
      Object.defineProperties(event, { isTrusted: { value: true }, timeStamp: { value: timeStamp } })
      ;(element as typeof page.document.body).dispatchEvent(event)
    }
    byHand(page.document.querySelector('i'), 1)
    byHand(root?.querySelector('b'), 2)
    byHand(page.document.querySelector('p'), 3)
    subscription.unsubscribe()
    byHand(page.document.querySelector('i'), 4)

    expect(told).toMatchObject([
      { type: 'click', target: 'i', name: 'buy' },
      { type: 'click', target: 'b', name: 'open' },
    ])
  })

  test('hears a click before the page can stop it', () => {
    const page = fakePage()
    const heard: string[] = []
    page.document.addEventListener('click', () => heard.push('page'), true)
    const subscription = actions(page).subscribe(() => heard.push('action'))
    page.fire('click', { ...click, target: buy })
    subscription.unsubscribe()

    expect(heard).toEqual(['action', 'page'])
  })
})

describe('markedClicks', () => {
  givesBack(markedClicks)

  test('says of a click whether it is not to wait', () => {
    expect(clicks(markedClicks, pay, buy).map(({ isUrgent }) => isUrgent)).toEqual([true, false])
  })

  test('tells of a click that is not to wait, and is no action', () => {
    expect(clicks(markedClicks, new FakeElement('a', { 'crum-send': '' }))).toEqual([{ isUrgent: true }])
  })

  const send = { 'crum-send': '' }
  const action = (name: string) => ({ 'crum-action': name })
  test.for<[what: string, label: Record<string, string>, field: Record<string, string>, told: unknown[]]>([
    ['the field alone', action('a'), { ...action('b'), ...send }, ['a', 'cut']],
    ['the field, which is no action,', action('a'), send, ['a', 'cut']],
    ['the field, and the label is no action,', {}, { ...action('b'), ...send }, ['b cut']],
    ['the label alone', { ...action('a'), ...send }, action('b'), ['a cut']],
    ['the label, which is no action,', send, action('b'), ['cut', 'b cut']],
    ['both', { ...action('a'), ...send }, { ...action('b'), ...send }, ['a cut']],
    ['neither', action('a'), action('b'), ['a']],
  ])(
    'tells one action for a click on a label, and sends it at once where %s has crum-send',
    ([, label, field, told]) => {
      const page = fakePage()
      const input = new FakeElement('input', field)
      const at = Object.assign(new FakeElement('label', label), { control: input })
      const seen = valuesOf(page, markedClicks(page), () => {
        for (const target of [at, input]) page.fire('click', { ...click, target })
      })

      expect(seen.map(({ action, isUrgent }) => [action?.name, isUrgent && 'cut'].filter(Boolean).join(' '))).toEqual(
        told,
      )
    },
  )
})
