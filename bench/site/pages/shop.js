// What the shop page does by itself, with or without a client: the work that a client's own is compared with.

performance.mark('HE-header', { detail: 'menu shown' })

addEventListener('DOMContentLoaded', () => {
  performance.mark('HE-products')
  askForStock(0, 6)
  setTimeout(() => keepBusy(120), 50)
})

addEventListener('load', () => {
  performance.mark('HE-complete', { detail: 'all pictures' })
  setTimeout(() => askForStock(6, 12), 100)
  setTimeout(() => keepBusy(80), 300)
  setTimeout(showOffer, 500)
  setTimeout(writeLines, 650)
  setTimeout(() => {
    throw new Error('the recommendations are missing')
  }, 750)
})

document.addEventListener('click', ({ target }) => {
  if (!target.closest('button')) return
  const count = document.querySelector('#count')
  count.textContent = `${Number(count.textContent) + 1}`
})

async function askForStock(from, to) {
  const asked = Array.from({ length: to - from }, (_, i) => fetch(`/api/stock/${from + i}`))
  for (const response of await Promise.all(asked)) {
    const { product, left } = await response.json()
    const place = document.querySelector(`#product-${product} .stock`)
    if (place) place.textContent = `${left} left`
  }
}

/** One long task. */
function keepBusy(duration) {
  const end = performance.now() + duration
  while (performance.now() < end);
}

/** Moves everything below it: a layout shift. */
function showOffer() {
  const offer = document.createElement('p')
  offer.className = 'offer'
  offer.textContent = 'Free delivery until midnight'
  document.querySelector('header').after(offer)
}

function writeLines() {
  console.warn('low stock', { product: 4, left: 2 })
  console.warn('the price list is a day old')
  console.warn('no currency chosen: took EUR')
  console.error('the payment provider did not answer')
  console.error('next try in', 30, 's')
}
