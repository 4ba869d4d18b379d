import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Payload } from '../../src/payload/payload.ts'
import { type Launched, launch } from '../browser/harness/launch.ts'
import { type App, appOf, example, frameworks, serve } from './apps.ts'

await frameworks()

const patiently = { timeout: 30_000 }
const html = '<!doctype html><title>shop</title><div id="app"></div><script type="module" src="/src/main"></script>'
const client = example('client.ts')

let browser: Launched
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

/** Each app has a link to a product, and a button there after which something throws that the framework catches. */
async function visit(built: string) {
  const { origin, beacons } = await serve(built)
  const page: Page = await browser.context.newPage()
  await page.goto(origin)
  await page.click('text=Product 7')
  await page.waitForURL('**/product/7')
  await page.click('text=Fail')
  const errors = () => beacons.flatMap(({ view }) => (view.errors ?? []).map((error) => ({ page: view.id, ...error })))
  await expect.poll(errors, patiently).not.toEqual([])
  const { length } = beacons
  await page.goto('about:blank')
  await expect.poll(() => beacons.length, patiently).toBeGreaterThan(length)
  await page.close()
  return { names: namesOf(beacons), collectors: collectorsOf(beacons), errors: errors() }
}

const namesOf = (beacons: Payload[]) => [...new Set(beacons.map(({ view }) => view.id))]
/** One collector has named both pages, and has reported once, of the second, what was handed to `addError`. */
const caughtOnce = (name: string, error: object = {}) => ({
  ...{ names: ['/', name], collectors: 1 },
  errors: [{ page: name, message: 'broken on purpose', isHandled: true, ...error }],
})

/** Each collector begins a view, with a key of its own. */
const collectorsOf = (beacons: Payload[]) => new Set(beacons.map(({ beacon }) => beacon.id.replace(/-[^-]*$/, ''))).size

const withVite = (app: App, mode = 'production') =>
  app.build('vite', ['build', '--mode', mode, '--logLevel', 'warn'], { NODE_ENV: mode })

describe('docs/frameworks.md', { timeout: 240_000 }, () => {
  test.for(['react.tsx', 'angular.ts', 'vue.ts', 'hooks.client.ts', 'layout.ts', 'RouteName.tsx', 'error.tsx'])(
    'does it in 12 lines: %s',
    (name) => {
      const lines = example(name)
        .split('\n')
        .filter((line) => !/^\s*(import .*|\/\*\*.*|'use client'|[\])},]*)$/.test(line))

      expect(lines.length).toBeLessThanOrEqual(12)
    },
  )

  test('React 19, in StrictMode, where each effect runs twice', async () => {
    const app = await appOf({
      'index.html': html.replace('main', 'main.tsx'),
      'vite.config.js': "export default { esbuild: { jsx: 'automatic' } }",
      'src/client.ts': client,
      'src/react.tsx': example('react.tsx'),
      'src/main.tsx': `
        import { StrictMode, useState } from 'react'
        import { createRoot } from 'react-dom/client'
        import { createBrowserRouter, Link, Outlet } from 'react-router'
        import { RouterProvider } from 'react-router/dom'
        import { caught, nameViews } from './react'
        const Product = () => {
          const [fails, fail] = useState(false)
          if (fails) throw new Error('broken on purpose')
          return <button onClick={() => fail(true)}>Fail</button>
        }
        const router = createBrowserRouter([{
          path: '/',
          element: <Outlet />,
          errorElement: <p>Something went wrong.</p>,
          children: [
            { index: true, element: <Link to="/product/7">Product 7</Link> },
            { path: 'product/:id', element: <Product /> },
          ],
        }])
        nameViews(router)
        const root = createRoot(document.getElementById('app'), caught)
        root.render(<StrictMode><RouterProvider router={router} /></StrictMode>)
      `,
    })
    await withVite(app, 'development')
    const seen = await visit(join(app.folder, 'dist'))

    expect(seen).toMatchObject(caughtOnce('/product/:id', { context: { componentStack: expect.any(String) } }))
  })

  test('Vue 3', async () => {
    const app = await appOf({
      'index.html': html.replace('main', 'main.ts'),
      'src/client.ts': client,
      'src/vue.ts': example('vue.ts'),
      'src/main.ts': `
        import { createApp, h } from 'vue'
        import { createRouter, createWebHistory, RouterLink, RouterView } from 'vue-router'
        import { rum } from './vue'
        const fail = () => { throw new Error('broken on purpose') }
        const Home = { render: () => h(RouterLink, { to: '/product/7' }, () => 'Product 7') }
        const Product = { render: () => h('button', { onClick: fail }, 'Fail') }
        const routes = [{ path: '/', component: Home }, { path: '/product', children: [{ path: ':id', component: Product }] }]
        const router = createRouter({ history: createWebHistory(), routes })
        createApp({ render: () => h(RouterView) }).use(router).use(rum, router).mount('#app')
      `,
    })
    await withVite(app)
    const seen = await visit(join(app.folder, 'dist'))

    expect(seen).toMatchObject(caughtOnce('/product/:id'))
  })

  test('SvelteKit', async () => {
    const app = await appOf({
      'vite.config.js': "import { sveltekit } from '@sveltejs/kit/vite'; export default { plugins: [sveltekit()] }",
      'svelte.config.js': `
        import adapter from '@sveltejs/adapter-static'
        export default { kit: { adapter: adapter({ fallback: 'app.html', strict: false }) } }
      `,
      'src/app.html':
        '<!doctype html><html><head>%sveltekit.head%</head><body><div>%sveltekit.body%</div></body></html>',
      'src/client.ts': client,
      'src/hooks.client.ts': example('hooks.client.ts'),
      'src/layout.ts': example('layout.ts'),
      'src/routes/+layout.ts': 'export const prerender = true',
      'src/routes/+layout.svelte': `
        <script>
          import { nameViews } from '../layout'
          const { children } = $props()
          nameViews()
        </script>
        {@render children()}
      `,
      'src/routes/+page.svelte': '<a href="/product/7">Product 7</a>',
      'src/routes/product/[id]/+page.svelte': `
        <script>import { goto } from '$app/navigation'</script>
        <button onclick={() => goto('/broken')}>Fail</button>
      `,
      'src/routes/broken/+page.ts': `
        export const prerender = false
        export const load = () => { throw new Error('broken on purpose') }
      `,
      'src/routes/broken/+page.svelte': 'never shown',
    })
    await withVite(app)
    const seen = await visit(join(app.folder, 'build'))

    expect(seen).toMatchObject({
      ...caughtOnce('/product/[id]', { context: { status: 500 } }),
      names: ['/', '/product/[id]', '/broken'],
    })
  })

  test('Next, built by next build', async () => {
    const app = await appOf({
      'next.config.mjs': "export default { output: 'export' }",
      'client.ts': client,
      'instrumentation-client.ts': example('instrumentation-client.ts'),
      'RouteName.tsx': example('RouteName.tsx'),
      'error.tsx': example('error.tsx'),
      'app/error.tsx': "'use client'\nexport { default } from '../error'",
      'app/layout.tsx': `
        import { RouteName } from '../RouteName'
        export default ({ children }: { children: React.ReactNode }) => <html><body><RouteName />{children}</body></html>
      `,
      'app/page.tsx': `
        import Link from 'next/link'
        export default () => <Link href="/product/7">Product 7</Link>
      `,
      'app/product/[id]/page.tsx': `
        import { Product } from '../../../Product'
        export const generateStaticParams = () => [{ id: '7' }]
        export default () => <Product />
      `,
      'Product.tsx': `'use client'
        import { useState } from 'react'
        export const Product = () => {
          const [fails, fail] = useState(false)
          if (fails) throw new Error('broken on purpose')
          return <button onClick={() => fail(true)}>Fail</button>
        }
      `,
    })
    await app.build('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1' })
    const seen = await visit(join(app.folder, 'out'))

    expect(seen).toMatchObject(caughtOnce('/product/[id]'))
  })

  test('Angular, built by ng build', async () => {
    const builder = { builder: '@angular/build:application' }
    const options = { browser: 'src/main.ts', index: 'src/index.html', tsConfig: 'tsconfig.json', outputPath: 'dist' }
    const targets = { build: { ...builder, options: { ...options, progress: false, optimization: false } } }
    const app = await appOf({
      'angular.json': JSON.stringify({
        version: 1,
        cli: { analytics: false, cache: { enabled: false } },
        projects: { shop: { projectType: 'application', root: '', sourceRoot: 'src', architect: targets } },
      }),
      'tsconfig.json': JSON.stringify({
        compilerOptions: {
          ...{ target: 'es2022', module: 'preserve', moduleResolution: 'bundler', strict: true, skipLibCheck: true },
          ...{ experimentalDecorators: true, lib: ['es2023', 'dom'], types: [] },
        },
        files: ['src/main.ts'],
      }),
      'src/index.html': '<!doctype html><title>shop</title><base href="/"><body><app-root></app-root></body>',
      'src/client.ts': client,
      'src/angular.ts': example('angular.ts'),
      'src/main.ts': `
        import { Component, provideZonelessChangeDetection } from '@angular/core'
        import { bootstrapApplication } from '@angular/platform-browser'
        import { provideRouter, RouterLink, RouterOutlet } from '@angular/router'
        import { rum } from './angular'
        @Component({ template: '<a routerLink="/product/7">Product 7</a>', imports: [RouterLink] })
        class Home {}
        @Component({ template: '<button (click)="fail()">Fail</button>' })
        class Product {
          fail() { throw new Error('broken on purpose') }
        }
        @Component({ selector: 'app-root', template: '<router-outlet />', imports: [RouterOutlet] })
        class App {}
        const routes = [
          { path: '', component: Home },
          { path: 'product', children: [{ path: ':id', component: Product }] },
        ]
        bootstrapApplication(App, { providers: [provideZonelessChangeDetection(), provideRouter(routes), ...rum] })
      `,
    })
    await app.build('ng', ['build'], { NG_CLI_ANALYTICS: 'false' })
    const seen = await visit(join(app.folder, 'dist', 'browser'))

    expect(seen).toMatchObject(caughtOnce('/product/:id'))
  })
})
