import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'
import { renderPage } from './renderPage.ts'

interface Product {
  id: string
  name: string
  price: string
  line: string
  text: string
  facts: string[]
  tint: string
}

/** The longest that `/slow/<ms>/<file>` waits, ms. */
const longest = 10_000

/** A shop to collect from, and what its lab provokes with. `reply.sendFile` is that of `@fastify/static`. */
export function shopPages(root: string) {
  return async (app: FastifyInstance): Promise<void> => {
    const pages = {
      '': 'index',
      '/': 'index',
      '/app': 'app/index',
      '/app/': 'app/index',
      '/app/:page(^[\\w-]+$)': 'app/index',
    }
    const named = ['basket', 'checkout', 'thanks', 'about', 'lab'].map((name) => [`/${name}`, name])
    for (const [path, name] of [...Object.entries(pages), ...named] as [string, string][]) {
      app.get(`/shop${path}`, async (_request, reply) => page(reply, root, name))
    }
    app.get('/shop/products/:id', async (request, reply) => product(request, reply, root))
    app.addContentTypeParser('application/x-www-form-urlencoded', (_request, body, done) => {
      body.resume().once('end', () => done(null))
    })
    // answers a form with a page to look at, so that a reload does not send the form again
    app.post('/shop/thanks', async (_request, reply) => reply.redirect('/shop/thanks', 303))
    app.get('/shop/*', async (request, reply) => reply.sendFile(fileIn(request), root))
    app.get('/slow/:ms/*', async (request, reply) => {
      const delay = Number((request.params as { ms: string }).ms)
      if (!(delay >= 0 && delay <= longest))
        throw new Refusal(400, `A slow file takes 0 to ${longest} ms; got ${delay}`)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      await setTimeout(delay, undefined, { signal: gone.signal }).catch(() => {})
      reply.headers({ 'cache-control': 'no-store', 'server-timing': `delay;dur=${delay};desc="as asked"` })
      return reply.sendFile(fileIn(request), root)
    })
    app.get('/api/echo', async (request, reply) => {
      reply.headers({ 'cache-control': 'no-store', 'server-timing': 'echo;dur=0.1' })
      return { n: (request.query as { n?: string }).n ?? null }
    })
    app.get('/api/products.json', async (_request, reply) => reply.sendFile('products.json', root))
  }
}

const fileIn = (request: FastifyRequest) => (request.params as { '*': string })['*']

/** Says that there is nothing at a path: on a page to who reads pages, else in a line. */
export async function missingPage(request: FastifyRequest, reply: FastifyReply, root: string): Promise<FastifyReply> {
  const { pathname } = new URL(request.url, 'http://receiver')
  if (!request.headers.accept?.includes('text/html')) throw new Refusal(404, `There is no file ${pathname}`)
  return html(reply.code(404), await renderPage(root, '404'))
}

async function page(reply: FastifyReply, root: string, name: string): Promise<FastifyReply> {
  const cards = await renderCards(root, await readProducts(root))
  return html(reply, await renderPage(root, name, { cards }))
}

/** The page of one product, and three others below it. */
async function product(request: FastifyRequest, reply: FastifyReply, root: string): Promise<FastifyReply> {
  const products = await readProducts(root)
  const index = products.findIndex(({ id }) => id === (request.params as { id: string }).id)
  const shown = products[index]
  if (!shown) return missingPage(request, reply, root)
  const others = [1, 2, 3, 4].map((step) => products[(index + step) % products.length] as Product)
  const facts = shown.facts.map((fact) => `<li>${fact}</li>`).join('\n')
  return html(reply, await renderPage(root, 'product', { ...shown, facts, cards: await renderCards(root, others) }))
}

function html(reply: FastifyReply, content: Buffer): FastifyReply {
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(content)
}

async function readProducts(root: string): Promise<Product[]> {
  return JSON.parse(await readFile(join(root, 'products.json'), 'utf8'))
}

async function renderCards(root: string, products: Product[]): Promise<string> {
  const cards = await Promise.all(products.map((product) => renderPage(root, 'parts/card', { ...product, facts: '' })))
  return cards.join('\n')
}
