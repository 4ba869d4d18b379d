/**
 * A shop page that loads 60 things: 6 style sheets, 11 deferred scripts, 31 pictures of which the largest comes late, and
 * 12 requests of its own script, `pages/shop.js`. That script also blocks, shifts the layout, and fails.
 */
export function shopPage(snippet: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Shop</title>
    <link rel="icon" href="data:,">
    ${times(6, (i) => `<link rel="stylesheet" href="/styles/${i}.css">`)}
    ${times(10, (i) => `<script defer src="/bundles/${i}.js"></script>`)}
    <script defer src="/shop.js"></script>
    ${snippet}
  </head>
  <body>
    <header><h1>Shop</h1><nav>${times(8, (i) => `<a href="#part-${i}">Part ${i}</a> `)}</nav></header>
    <main>
      <img id="hero" src="/pictures/hero.png" width="800" height="400" alt="">
      <p>
        <button type="button" id="order" crum-action="order">Order</button>
        <button type="button" id="buy" crum-action="buy" crum-send>Buy now</button>
        <output id="count">0</output> clicks
      </p>
      <ul>${times(30, product)}</ul>
    </main>
    <footer>${times(3, () => '<p>Terms, conditions, and the address of the shop.</p>')}</footer>
  </body>
</html>`
}

function product(i: number): string {
  return `<li id="product-${i}" class="sheet-${i % 6}-${i}">
    <img src="/pictures/${i}.png" width="120" height="90" alt="">
    <h3>Product ${i}</h3><p><b>${i * 3 + 9} €</b> for a useful thing of good quality. <span class="stock"></span></p>
  </li>`
}

function times(count: number, piece: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => piece(i)).join('')
}
