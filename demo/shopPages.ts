import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answer } from './dispatch.ts'
import { Refusal } from './refusal.ts'
import { renderPage } from './renderPage.ts'
import { send, serveFile } from './serveFile.ts'

interface Product {
  id: string
  name: string
  price: string
  line: string
  text: string
  facts: string[]
  tint: string
}

/** Answers with a page of the shop, `parts/cards` filled in where the page asks for them. */
export function shopPage(root: string, name: string): Answer {
  return async (exchange) => {
    const products = await readProducts(root)
    const cards = await renderCards(root, products)
    send(exchange, 200, html, await renderPage(root, name, { cards }))
  }
}

/** Answers `/products/<id>` with the page of one product and three others below it. */
export function productPage(root: string): Answer {
  return async (exchange) => {
    const products = await readProducts(root)
    const index = products.findIndex(({ id }) => id === exchange.params.id)
    const product = products[index]
    if (!product) return missingPage(root)(exchange)

    const others = [1, 2, 3, 4].map((step) => products[(index + step) % products.length] as Product)
    const facts = product.facts.map((fact) => `<li>${fact}</li>`).join('\n')
    send(
      exchange,
      200,
      html,
      await renderPage(root, 'product', { ...product, facts, cards: await renderCards(root, others) }),
    )
  }
}

/** Answers with a file of the shop, or says that there is none. */
export function shopFile(root: string): Answer {
  return async (exchange) => {
    try {
      await serveFile(exchange, root, exchange.params.file ?? '')
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 404) throw error
      await missingPage(root)(exchange)
    }
  }
}

/** Says that there is nothing at a path: on a page to who reads pages, else in a line. */
export function missingPage(root: string): Answer {
  return async (exchange) => {
    const { request, url } = exchange
    if (!request.headers.accept?.includes('text/html')) throw new Refusal(404, `There is no file ${url.pathname}`)
    send(exchange, 404, html, await renderPage(root, '404'))
  }
}

const html = 'text/html; charset=utf-8'

async function readProducts(root: string): Promise<Product[]> {
  return JSON.parse(await readFile(join(root, 'products.json'), 'utf8'))
}

async function renderCards(root: string, products: Product[]): Promise<string> {
  const cards = await Promise.all(products.map((product) => renderPage(root, 'parts/card', { ...product, facts: '' })))
  return cards.join('\n')
}
