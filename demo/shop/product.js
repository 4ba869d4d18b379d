import { readBasket, setQuantity } from './basket.js'

const form = document.querySelector('[data-product]')

form.addEventListener('submit', (event) => {
  event.preventDefault()
  const quantity = Number(form.elements.quantity.value)
  const { product } = form.dataset
  setQuantity(product, (readBasket()[product] ?? 0) + quantity)
  // the script is there some time after the page, or not at all
  window.CRUM?.addEvent?.('addToBasket', { product, quantity })
  document.querySelector('[data-added]').innerHTML =
    `In your basket: ${quantity} more. <a href="/shop/basket">Look at it</a>`
})
