/** What the pages ask for: `stock/4`, `basket/4`, and `products/app/boots/2`, the second of five pages of a route. */
export function apiAnswer(path: string): unknown {
  const [kind, ...rest] = path.split('/')
  const number = Number(rest.at(-1))
  if (kind === 'stock') return { product: number, left: (number * 5) % 12 }
  if (kind === 'basket') return { count: number + 1 }
  return colours.map((colour, i) => ({
    id: number * colours.length + i,
    name: `${rest.at(-2)} ${colour} ${number}`,
    price: 10 + number * colours.length + i,
  }))
}

const colours = ['black', 'blue', 'brown', 'green', 'grey', 'red', 'white', 'yellow']
