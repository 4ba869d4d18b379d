import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createServer } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { launch } from '../browser/harness/launch.ts'
import { snippets } from '../docs/snippets.ts'

const root = new URL('../../', import.meta.url).pathname

/** The form of docs/compose.md, which also tells the page how many collectors there have been. */
const moduleOf = (edit: number) => `
  ${snippets('compose.md', 'ts').find(({ code }) => code.startsWith('// hot.ts'))?.code}
  import.meta.hot.accept()
  globalThis.edits = ${edit}
  globalThis.crums = [...(globalThis.crums ?? []), rum]
`

test('the form of docs/compose.md replaces the collector of a module that is edited', async () => {
  await mkdir(join(root, '.crum'), { recursive: true })
  const folder = await mkdtemp(join(root, '.crum', 'hot-'))
  const place = (edit: number) => writeFile(join(folder, 'hot.ts'), moduleOf(edit))
  await place(0)
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><title>hot</title><script type="module" src="/hot.ts"></script>',
  )
  const alias = { crum: join(root, 'dist/index.js') }
  const server = await createServer({
    ...{
      root: folder,
      configFile: false,
      logLevel: 'error',
      resolve: { alias },
      server: { host: '127.0.0.1', port: 0 },
    },
    optimizeDeps: { include: ['rxjs'] },
  })
  await server.listen()
  const browser = await launch()
  onTestFinished(async () => {
    await browser.close()
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const page = await browser.context.newPage()
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  for (const edit of [1, 2, 3]) {
    await page.waitForFunction((edit) => (globalThis as { edits?: number }).edits === edit, edit - 1)
    // a collector that is stopped in its first task says nothing, so let it live
    await page.waitForTimeout(100)
    await place(edit)
  }
  await page.waitForFunction(() => (globalThis as { edits?: number }).edits === 3)
  const heard = await page.evaluate(() => {
    type Crum = { debug$: { filter(type: string): { subscribe(heard: () => void): void } } }
    const { crums } = globalThis as unknown as { crums: Crum[] }
    const counts = crums.map(() => ({ stops: 0, errors: 0 }))
    crums.forEach(({ debug$ }, at) => {
      debug$.filter('stop').subscribe(() => (counts[at] as { stops: number }).stops++)
      debug$.filter('reading').subscribe(() => (counts[at] as { errors: number }).errors++)
    })
    for (const count of counts) count.errors = 0
    dispatchEvent(new ErrorEvent('error', { message: 'told once' }))
    return counts
  })

  // a server may tell of one edit twice
  expect(heard.length).toBeGreaterThan(3)
  expect(heard.map(({ stops }) => stops)).toEqual(heard.map((_, at) => (at < heard.length - 1 ? 1 : 0)))
  expect(heard.map(({ errors }) => errors)).toEqual(heard.map((_, at) => (at < heard.length - 1 ? 0 : 1)))
})
