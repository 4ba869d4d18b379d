import { untilTold } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { fieldPage } from './fieldPage.ts'

/** A custom element whose class has, in the place of what it inherits, what throws or says something else. */
const card = (members: string) => `<my-card crum-action="card">card</my-card>
  <button crum-action="order">order</button>
  <script>customElements.define('my-card', class extends HTMLElement { ${members} })</script>`

test.for([
  ['an id that throws', "get id() { throw new Error('no model') }"],
  ['an id of its own', 'get id() { return this._id }'],
  ['no parent', "get parentElement() { throw new Error('no parent') }"],
  ['attributes that throw', "getAttribute() { throw new Error('no attributes') }"],
  ['attributes of its own', 'getAttribute(name) { return this.attrs?.[name] }'],
  ['a name of its own', "get localName() { return 'theirs' }"],
  ['classes of its own', 'get classList() { return undefined }'],
] as const)('tells of clicks on a custom element with %s, and on others', async ([, members], { site, tab }) => {
  const at = await site({ '/': fieldPage(card(members)) })
  const visitor = await tab(at.url('/'))
  await visitor.click('my-card')
  await visitor.click('button')
  await untilTold(at, ({ view }) => {
    expect(view.actions.map(({ name, target }) => [name, target])).toEqual([
      ['card', 'my-card'],
      ['order', 'button'],
    ])
    expect(view.errors).toEqual([])
  })
})
