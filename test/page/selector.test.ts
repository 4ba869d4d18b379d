import { Window } from 'happy-dom'
import { describe, expect, test } from 'vitest'
import { readableId, readableSelector, selector } from '../../src/page/selector'
import { FakeElement } from '../helpers/page'

/** An element by its ancestors, from above: `['main#top', 'ul.products']`. */
const element = (...path: string[]) =>
  path.reduce<FakeElement | null>((parent, step) => {
    const [name = ''] = step.split(/[#.]/)
    const id = /#([^.]*)/.exec(step)?.[1] ?? ''
    const classes = step.split('.').slice(1).join(' ')
    return new FakeElement(name, { id, class: classes }, parent)
  }, null) as unknown as Node

describe('selector', () => {
  test.for<[string[], string]>([
    [['main', 'ul.products', 'li'], 'main>ul.products>li'],
    [['body', 'main#content', 'p'], 'main#content>p'],
    [['div.card.wide.third'], 'div.card.wide'],
    [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'c>d>e>f>g'],
    [['div#item-4711', 'p'], 'div>p'],
    [['div.css-1q2w3e', 'p.md:flex'], 'div>p'],
    [['h2.step2'], 'h2.step2'],
  ])('says %o as %s', ([path, expected]) => {
    expect(selector(element(...path))).toBe(expected)
  })

  test('is empty for what is not, or no longer, in the page', () => {
    const gone = Object.assign(element('p'), { parentNode: null })

    for (const node of [null, undefined, gone]) expect(selector(node as Node)).toBe('')
  })

  test('is empty for what cannot be read', () => {
    const node = { parentNode: {}, localName: 'p', id: '', classList: undefined } as unknown as Node

    expect(selector(node)).toBe('')
  })

  test('says a text node as the element around it', () => {
    const parent = element('main', 'p')
    const text = { nodeType: 3, parentNode: parent, parentElement: parent } as unknown as Node

    expect(selector(text)).toBe('main>p')
  })

  test.for([
    ['li.wide', 'main#content>ul.products>li.wide'],
    ['svg path', 'ul.products>li.wide>a>svg>path'],
    ['input', 'main#content>form.checkout>input'],
  ])('says what a real document has at %s as %s', ([query, expected]) => {
    const { document } = new Window()
    document.body.innerHTML = `<main id="content"><ul class="products"><li class="wide"><a><svg><path/></svg></a></li></ul>
      <form class="checkout"><input name="id"></form></main>`
    const found = selector(document.querySelector(query as string) as unknown as Node)

    expect(found).toBe(expected)
    expect(document.querySelector(found)).toBe(document.querySelector(query as string))
  })
})

test.for([
  ['hero', '#hero'],
  ['step2', '#step2'],
  ['customer-4815', ''],
  ['ann@shop.test', ''],
  ['', ''],
])('readableId makes of %j %j', ([id, told]) => {
  expect(readableId(id as string)).toBe(told)
})

test.for([
  ['BUTTON#menu', 'button#menu'],
  ['BUTTON#customer-48151623-ann@shop.test', 'button'],
  ['IMG[src=/avatars/ann.png?token=4815]', 'img'],
  ['LI', 'li'],
  ['', ''],
])('readableSelector makes of %j %j', ([given, told]) => {
  expect(readableSelector(given as string)).toBe(told)
})
