import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
)
const text = (page: string) => readFileSync(join(root, page), 'utf8')

/** The anchors of a page, as its headings make them. */
const anchors = (page: string) =>
  [...text(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  )

test.for(pages)('the links of %s lead somewhere', (page) => {
  const lost = [...text(page).matchAll(/\]\((?!https?:)([^)\s#]*)#?([^)\s]*)\)/g)]
    .map(([link, path = '', anchor = '']) => {
      const target = path ? normalize(join(dirname(page), path)) : page
      if (!existsSync(join(root, target))) return link
      return anchor && !anchors(target).includes(anchor) ? link : ''
    })
    .filter(Boolean)
  expect(lost).toEqual([])
})

test('the README leads to each page of the documentation', () => {
  const linked = text('README.md')
  expect(pages.filter((page) => page.startsWith('docs/') && !linked.includes(`](${page})`))).toEqual([])
})

test.for(pages.filter((page) => page.startsWith('docs/')))('%s cites files that are there', (page) => {
  const cited = [...text(page).matchAll(/`((?:src|test|scripts|demo|build)\/[\w./]+)`/g)].map(([, path = '']) => path)
  expect(cited.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
