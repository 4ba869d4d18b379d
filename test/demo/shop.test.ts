import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { startReceiver } from './startReceiver.ts'

const loader = `(function(w,d,u,a,o){
w=w[o]=w[o];w=document.createElement(u);w.async=1;w.id=o;w.src=a
o=d.getElementsByTagName(u)[0];o.parentNode.insertBefore(w,o)
})(window,document,'script','/rum','CRUM')`

const settings = `// CRUM properties
CRUM = {
  samplingRate: 3000,
  viewId: 'homePageManual',
  labels: 'env=production, versionApp=1',
  trackResources: false,
  trackHeroes: false,
  trackErrors: false,
  trackConsole: false,
}`

const pages = [
  '/shop',
  '/shop/',
  '/shop/products/candle',
  '/shop/basket',
  '/shop/checkout',
  '/shop/thanks',
  '/shop/about',
  '/shop/lab',
  '/shop/app',
  '/shop/app/',
  '/shop/app/bread',
]
const html = { accept: 'text/html' }
const outdented = (page: string, indent: number) => page.replace(new RegExp(`^ {${indent}}`, 'gm'), '')

describe('the shop', () => {
  it.each([...pages, '/shop/no/such/page', '/no/such/page'])(
    'loads the script on %s with the snippet, letter for letter',
    async (path) => {
      const { origin } = await startReceiver()
      const answer = await fetch(origin + path, { headers: html })
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(outdented(await answer.text(), 6)).toContain(loader)
    },
  )

  it.each(['/shop/app/guides.js', '/shop/app/guides.json', '/shop/shop.js', '/shop/shop.css'])(
    'gives %s as the file that it is, and no page in its place',
    async (path) => {
      const { origin } = await startReceiver()
      const answer = await fetch(origin + path)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.not.stringContaining('html')])
    },
  )

  it('has the snippet with settings on /about, letter for letter', async () => {
    const { origin } = await startReceiver()
    expect(outdented(await (await fetch(`${origin}/shop/about`)).text(), 6)).toContain(settings)
  })

  it.each(pages)('fills every gap of %s, and asks no other server for anything', async (path) => {
    const { origin } = await startReceiver()
    const page = await (await fetch(origin + path)).text()
    expect(page).not.toMatch(/\{\{|<!--#/)
    expect(page).not.toMatch(/(src|href|action)="(https?:)?\/\//)
  })

  it.each(['/', ...pages])('has what %s refers to', { timeout: 60_000 }, async (path) => {
    const { origin } = await startReceiver()
    const page = await (await fetch(origin + path)).text()
    const links = new Set([...page.matchAll(/(?:src|href)="(\/[^"#]*)/g)].map(([, link]) => link as string))
    const answers = await Promise.all([...links].map(async (link) => [link, (await fetch(origin + link)).status]))
    expect(answers.filter(([, status]) => status !== 200)).toEqual([])
  })

  it.each([
    ['/shop/shop.css', 'text/css; charset=utf-8'],
    ['/shop/shop.js', 'application/javascript; charset=utf-8'],
    ['/shop/pictures/candle.svg', 'image/svg+xml'],
    ['/shop/favicon.svg', 'image/svg+xml'],
    ['/api/products.json', 'application/json; charset=utf-8'],
    ['/api/echo?n=3', 'application/json; charset=utf-8'],
    ['/slow/0/pictures/banner.svg', 'image/svg+xml'],
  ])('serves %s as %s', async (path, type) => {
    const { origin } = await startReceiver()
    const answer = await fetch(origin + path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
  })

  it('stands beside the inspector at /, on a page that runs nothing but its own', async () => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/`)
    const page = await answer.text()
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect([...page.matchAll(/<iframe name="([^"]+)"/g)].map(([, name]) => name)).toEqual([
      'crum-shop',
      'crum-inspector',
    ])
    expect(page).not.toMatch(/<script>|style="|onclick=/)
  })

  it('answers 304 to a picture that the browser has', async () => {
    const { origin } = await startReceiver()
    const path = '/shop/pictures/candle.svg'
    const etag = (await fetch(origin + path)).headers.get('etag') ?? ''
    // `fetch` would ask for it anew as soon as it is told an ETag
    expect(await statusOf(origin, path, { 'if-none-match': etag })).toBe(304)
  })

  it('echoes', async () => {
    const { origin } = await startReceiver()
    expect(await (await fetch(`${origin}/api/echo?n=3`)).json()).toEqual({ n: '3' })
  })

  it('holds a file back for ten seconds at most', async () => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/slow/10001/pictures/banner.svg`)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toBe('A slow file takes 0 to 10000 ms; got 10001\n')
  })

  it('answers the order with a page to look at', async () => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/shop/thanks`, {
      method: 'POST',
      body: new URLSearchParams({ name: 'Ada' }),
      redirect: 'manual',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/shop/thanks'])
  })

  it('answers what is not there with 404: a page to who reads pages, else a line', async () => {
    const { origin } = await startReceiver()
    const page = await fetch(`${origin}/shop/products/yacht`, { headers: html })
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('There is nothing here')])
    const picture = await fetch(`${origin}/shop/pictures/yacht.svg`)
    expect([picture.status, await picture.text()]).toEqual([404, 'There is no file /shop/pictures/yacht.svg\n'])
  })

  it('answers a method that a page does not take with 405', async () => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/shop/lab`, { method: 'POST' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it.each([
    '/../receiver.ts',
    '/shop/../../receiver.ts',
    '/shop/%2e%2e/receiver.ts',
    '/shop/..%2freceiver.ts',
    '/shop/..%5creceiver.ts',
    '/shop//etc/passwd',
    '/shop/%2fetc/passwd',
    '/%2e%2e/receiver.ts',
    '/..%2freceiver.ts',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/pictures/..%2f..%2f..%2fpackage.json',
    '/slow/0/..%2f..%2fpackage.json',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/shop/shop.css%00.svg',
  ])('serves nothing outside its folder: %s', async (path) => {
    const { origin } = await startReceiver()
    expect([400, 403, 404]).toContain(await statusOf(origin, path))
  })

  it.each(['/shop/%', '/shop/pictures/%ff'])('answers what is no path with 400: %s', async (path) => {
    const { origin } = await startReceiver()
    expect(await statusOf(origin, path)).toBe(400)
  })
})

/** `fetch` tidies paths; this sends them as they are. */
function statusOf(origin: string, path: string, headers = {}): Promise<number | undefined> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
