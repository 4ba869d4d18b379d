import { untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

const body = '<button crum-action="order"><span>Order</span></button>'

for (const pointerType of ['mouse', 'touch', 'pen'] as const) {
  test(`tells an action of a ${pointerType}`, async ({ site, tab, needs }) => {
    if (pointerType !== 'mouse') needs(pointerType)
    const shop = await site({ '/': page({ body }) })
    const visitor = await tab(shop.url('/'))
    await visitor.click('span', { pointerType })
    await untilTold(shop, ({ view }) =>
      expect(view.actions).toEqual([
        { pointerType, type: 'click', target: 'span', timeStamp: expect.any(Number), name: 'order' },
      ]),
    )
  })
}

test('tells an action of a keyboard, with an empty pointer type', async ({ site, tab }) => {
  const shop = await site({ '/': page({ body }) })
  const visitor = await tab(shop.url('/'))
  await visitor.focus('button')
  await visitor.keys('\uE007')
  await untilTold(shop, ({ view }) => expect(view.actions).toMatchObject([{ pointerType: '', name: 'order' }]))
})
