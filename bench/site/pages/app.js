// A single-page app without a framework: routes by `history.pushState`, a list that is rewritten at every key.

const routes = 'boots coats gloves hats jeans knitwear shirts shoes skirts socks'.split(' ')
const list = document.querySelector('ul')
const search = document.querySelector('input')
/** What the visitor has done; the benchmark checks it. */
const done = { routes: 0, keys: 0, clicks: 0, fetches: 0 }
let products = []

document.querySelector('nav').innerHTML = routes.map((route) => `<a href="/app/${route}">${route}</a>`).join('')

document.addEventListener('click', (event) => {
  done.clicks++
  const link = event.target.closest('a')
  if (link) {
    event.preventDefault()
    openRoute(link.pathname)
  } else if (event.target.closest('button')) {
    addToBasket(event.target.closest('li').dataset.id)
  }
})

search.addEventListener('input', () => {
  done.keys++
  render()
})

async function openRoute(path) {
  history.pushState({}, '', path)
  document.title = path
  done.routes++
  search.value = ''
  search.focus()
  list.textContent = 'Loading'
  const pages = await Promise.all([1, 2, 3, 4, 5].map((page) => ask(`/api/products${path}/${page}`)))
  products = pages.flat()
  render()
  performance.mark(`HE-${path}`)
}

async function addToBasket(id) {
  const { count } = await ask(`/api/basket/${id}`)
  document.querySelector('#basket').textContent = count
}

async function ask(url) {
  done.fetches++
  return (await fetch(url)).json()
}

/** All products, those that fit the search first. */
function render() {
  const text = search.value.toLowerCase()
  const fits = ({ name }) => [...text].filter((letter) => name.includes(letter)).length
  const sorted = products.toSorted((a, b) => fits(b) - fits(a))
  list.innerHTML = sorted
    .map(
      ({ id, name, price }) =>
        `<li data-id="${id}"><h3>${name}</h3><p>${price} €</p><button crum-action="add">Add</button></li>`,
    )
    .join('')
  document.querySelector('#found').textContent = `${sorted.length} products`
}
