import { countBasket } from './basket.js'

const count = countBasket()
document.querySelector('[data-total]').textContent =
  count === 0
    ? 'Your basket is empty, but we take the order all the same.'
    : `${count} ${count === 1 ? 'thing' : 'things'} in your basket.`

document.querySelector('form.checkout').addEventListener('submit', ({ target }) => {
  window.CRUM?.addEvent?.('order', { items: count, delivery: target.elements.delivery.value })
})
