const key = 'largo-basket'

/** What is in the basket: quantities by product id; empty where the browser keeps nothing. */
export function readBasket() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {}
  } catch {
    return {}
  }
}

/** Sets the quantity of a product; none takes it out. */
export function setQuantity(id, quantity) {
  const basket = { ...readBasket(), [id]: quantity }
  if (quantity < 1) delete basket[id]
  keep(basket)
}

export function emptyBasket() {
  keep({})
}

/** The number of things in the basket. */
export function countBasket() {
  return Object.values(readBasket()).reduce((sum, quantity) => sum + quantity, 0)
}

/** Shows the number in the page's header. */
export function showCount() {
  const count = countBasket()
  for (const badge of document.querySelectorAll('[data-basket-count]')) {
    badge.textContent = String(count)
    badge.toggleAttribute('data-empty', count === 0)
  }
}

function keep(basket) {
  try {
    localStorage.setItem(key, JSON.stringify(basket))
  } catch {
    // storage is blocked: a basket for nobody
  }
  showCount()
}
