import { untilTold } from '../../browser/readings/told.ts'
import type { Tab } from '../driver/tab.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

/** As WebDriver knows them. */
const keys = { enter: '\uE007', space: ' ' }

const press = async (visitor: Tab, selector: string, key: string) => {
  await visitor.focus(selector)
  await visitor.keys(key)
}

/** What a person does, on which page, and the names of the actions that are told of it. */
const activations: [what: string, html: string, act: (visitor: Tab) => Promise<unknown>, names: string[]][] = [
  [
    'a marked label around a checkbox',
    '<label crum-action="agree"><input type="checkbox" style="margin-left: 100px"> I agree</label>',
    (visitor) => visitor.click('label', { at: { x: 5, y: 5 } }),
    ['agree'],
  ],
  [
    'a marked label, and then its checkbox',
    '<label crum-action="agree"><input type="checkbox" style="margin-left: 100px"> I agree</label>',
    async (visitor) => {
      await visitor.click('label', { at: { x: 5, y: 5 } })
      await visitor.click('input')
    },
    ['agree', 'agree'],
  ],
  [
    'a label in a marked row with its field',
    '<div crum-action="row"><label for="field">name</label><input id="field"></div>',
    (visitor) => visitor.click('label'),
    ['row'],
  ],
  [
    'a label in one marked row, its field in another',
    '<div crum-action="one"><label for="field">name</label></div><div crum-action="other"><input id="field"></div>',
    (visitor) => visitor.click('label'),
    ['one'],
  ],
  [
    'an unmarked label of a marked field',
    '<label for="field">name</label><input id="field" type="checkbox" crum-action="agree">',
    (visitor) => visitor.click('label'),
    ['agree'],
  ],
  [
    'a button whose handler clicks on others',
    `<button crum-action="order" onclick="document.querySelector('label').click(); document.querySelector('input').click()">Order</button>
     <label crum-action="agree">I agree <input type="checkbox"></label>`,
    (visitor) => visitor.click('button'),
    ['order'],
  ],
  [
    'a label of a marked field, whose handler clicks on it as well',
    `<div onclick="document.querySelector('#field').click()"><label for="field">name</label></div>
     <input id="field" type="radio" crum-action="agree">`,
    (visitor) => visitor.click('label'),
    ['agree'],
  ],
  [
    'nothing, where a script clicks on a label whose handler clicks on another',
    `<label onclick="document.querySelectorAll('label')[1].click()">one <input type="checkbox" crum-action="one"></label>
     <label>two <input type="checkbox" crum-action="two"></label>`,
    (visitor) => visitor.run(() => document.querySelector('label')?.click()),
    [],
  ],
  [
    'nothing, where a script clicks',
    `<button crum-action="order">Order</button><label crum-action="agree">I agree <input type="checkbox"></label>`,
    (visitor) =>
      visitor.run(() => {
        for (const element of document.querySelectorAll<HTMLElement>('button, label, input')) {
          element.click()
          element.dispatchEvent(new MouseEvent('click', { bubbles: true }))
        }
      }),
    [],
  ],
  [
    'Enter on a button',
    '<button crum-action="order">Order</button>',
    (visitor) => press(visitor, 'button', keys.enter),
    ['order'],
  ],
  [
    'Enter in a field, which is a click on its button',
    '<form action="javascript:void 0"><input id="field"><button crum-action="order">Order</button></form>',
    (visitor) => press(visitor, '#field', keys.enter),
    ['order'],
  ],
  [
    'Space on a checkbox in a marked label',
    '<label crum-action="agree"><input type="checkbox"> I agree</label>',
    (visitor) => press(visitor, 'input', keys.space),
    ['agree'],
  ],
  [
    'a double click',
    '<button crum-action="order">Order</button>',
    (visitor) => visitor.click('button', { times: 2 }),
    ['order', 'order'],
  ],
  [
    'a double click on a checkbox in its label',
    '<label crum-action="agree"><input type="checkbox"> I agree</label>',
    (visitor) => visitor.click('input', { times: 2 }),
    ['agree', 'agree'],
  ],
  [
    'a label and its checkbox in a closed shadow root',
    `<my-field crum-action="agree"></my-field><script>document.querySelector('my-field').attachShadow({ mode: 'closed' }).innerHTML =
      '<label style="display: block"><input type="checkbox" style="margin-left: 200px"> I agree</label>'</script>`,
    async (visitor) => {
      await visitor.click('my-field', { at: { x: 5, y: 5 } })
      await visitor.click('my-field', { at: { x: 5, y: 5 }, times: 2 })
    },
    ['agree', 'agree', 'agree'],
  ],
  [
    'Enter on the button of a form, then Space on a field of it that is named control',
    `<form crum-action="order" onsubmit="return false"><input type="checkbox" name="control"><button>Order</button></form>`,
    async (visitor) => {
      await press(visitor, 'button', keys.enter)
      await press(visitor, 'input', keys.space)
    },
    ['order', 'order'],
  ],
  [
    'a click beside all marks, in a page whose elements have the names of what a window lacks',
    `${['nodeType', 'hasAttribute', 'localName', 'control'].map((id) => `<img id="${id}" name="${id}">`).join('')}<p>plain</p>
     <button crum-action="order">Order</button>`,
    async (visitor) => {
      await visitor.click('p')
      await visitor.click('button')
    },
    ['order'],
  ],
  [
    'a marked element whose own properties throw',
    `<b crum-action="order">Order</b><script>
      for (const name of ['hasAttribute', 'getAttribute', 'localName', 'control', 'nodeType'])
        Object.defineProperty(document.querySelector('b'), name, { get() { throw new Error('theirs') } })
    </script>`,
    // a driver itself reads these
    (visitor) => visitor.click({ x: 15, y: 85 }),
    ['order'],
  ],
  [
    'a form whose fields have the names of its own properties',
    `<form crum-action="order" onsubmit="return false">${[
      'hasAttribute',
      'getAttribute',
      'localName',
      'control',
      'composedPath',
    ]
      .map((name) => `<input name="${name}">`)
      .join('')}<p>Order</p></form>`,
    (visitor) => visitor.click('p'),
    ['order'],
  ],
]

test.for(activations)(
  'tells one action for each activation by a person: %s',
  async ([, html, act, names], { site, tab }) => {
    const at = await site({ '/': fieldPage(`${html}<p><button id="end" crum-action="end">end</button></p>`) })
    const visitor = await tab(at.url('/'))
    await act(visitor)
    await visitor.click('#end')
    const { view } = await untilTold(at, ({ view }) => expect(view.actions.at(-1)?.name).toBe('end'))
    expect(view.actions.map(({ name }) => name)).toEqual([...names, 'end'])
  },
)

test.for<[where: string, html: string]>([
  ['the field alone', '<label crum-action="agree">I agree <input type="checkbox" crum-send></label>'],
  [
    'a field elsewhere',
    '<label for="field" crum-action="agree">I agree</label><input id="field" type="checkbox" crum-action="other" crum-send>',
  ],
  ['the label', '<label for="field" crum-action="agree" crum-send>I agree</label><input id="field" type="checkbox">'],
])(
  'sends the action of a click on a label at once, and once, where %s has crum-send',
  async ([, html], { site, tab }) => {
    const at = await site({ '/': fieldPage(html, { settings: { samplingRate: 60_000 } }) })
    const visitor = await tab(at.url('/'))
    await visitor.click('label', { at: { x: 5, y: 5 } })
    const beacons = await at.until((beacons) => beacons.some(({ payload }) => payload.view.actions))
    const sent = beacons.filter(({ payload }) => payload.view.actions).map(({ payload }) => payload)
    expect(sent.map(({ beacon, view }) => [beacon.reason, view.actions?.map(({ name }) => name)])).toEqual([
      ['action', ['agree']],
    ])
  },
)

test.for([
  ['in a handler of the same press', "b.addEventListener('mouseup', () => o.click())"],
  ['on the same element', "b.addEventListener('mouseup', () => b.click())"],
  ['on a label', "b.addEventListener('mouseup', () => label.click())"],
] as const)('tells of each click by a person where a script clicks %s', async ([, script], { site, tab }) => {
  const body = `<button id="o">o</button> <button id="b" crum-action="b">b</button> <label id="label">l <input></label>
    <script>${script}</script>`
  const at = await site({ '/': fieldPage(body) })
  const visitor = await tab(at.url('/'))
  for (let n = 0; n < 5; n++) await visitor.click('#b')
  await untilTold(at, ({ view }) => expect(view.actions.map(({ name }) => name)).toEqual(['b', 'b', 'b', 'b', 'b']))
})
