import { readBasket, setQuantity } from './basket.js'

const products = await (await fetch('/api/products.json')).json()
const place = document.querySelector('[data-basket]')

place.addEventListener('change', ({ target }) => {
  if (target.matches('input')) setQuantity(target.dataset.id, Number(target.value))
  show()
})
place.addEventListener('click', ({ target }) => {
  const id = target.closest('button')?.dataset.remove
  if (!id) return
  setQuantity(id, 0)
  window.CRUM?.addEvent?.('removeFromBasket', { product: id })
  show()
})
addEventListener('storage', show)
show()

function show() {
  const basket = readBasket()
  const chosen = products.filter(({ id }) => basket[id])
  if (chosen.length === 0) {
    place.replaceChildren(document.querySelector('#empty-basket').content.cloneNode(true))
    return
  }
  const total = chosen.reduce((sum, { id, price }) => sum + basket[id] * price, 0)
  place.innerHTML = `
    <ul class="lines">${chosen.map((product) => line(product, basket[product.id])).join('')}</ul>
    <p class="total">Total <strong>€ ${total.toFixed(2)}</strong></p>
    <p class="buttons"><a class="button" href="/shop/checkout" crum-action="to-checkout" crum-send>To the checkout</a></p>`
}

function line({ id, name, price, tint }, quantity) {
  return `
    <li class="line">
      <a class="tile small" href="/shop/products/${id}" style="--tint: ${tint}" tabindex="-1" aria-hidden="true">
        <img src="/shop/pictures/${id}.svg" alt="" width="400" height="400">
      </a>
      <a class="line-name" href="/shop/products/${id}">${name}</a>
      <label>Quantity <input type="number" min="1" max="99" value="${quantity}" data-id="${id}" inputmode="numeric" aria-label="Quantity of ${name}"></label>
      <span class="line-price">€ ${(quantity * price).toFixed(2)}</span>
      <button class="plain" type="button" data-remove="${id}" crum-action="remove-from-basket" aria-label="Remove ${name}">Remove</button>
    </li>`
}
