import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../../', import.meta.url)

/** One piece of code in a page of the documentation. */
export interface Snippet {
  code: string
  language: string
  /** The page marks it as a part of something: it neither compiles nor runs alone. */
  isFragment: boolean
  /** The heading that it stands under. */
  heading: string
  /** Line of the page on which it begins. */
  line: number
}

/** All pages of the documentation, as paths from `docs/`. */
export const pages: string[] = [
  '../README.md',
  '../CONTRIBUTING.md',
  '../bench/README.md',
  ...readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md')),
]

/** All code of a page in `docs/`, in its order. */
export function allSnippets(page: string): Snippet[] {
  const text = readFileSync(new URL(`docs/${page}`, root), 'utf8')
  return [...text.matchAll(/^```(\w*)( fragment)?\n(.*?)^```$/gms)].map(
    ({ 1: language = '', 2: fragment, 3: code = '', index }) => {
      const before = text.slice(0, index).split('\n')
      const heading = before.findLast((line) => line.startsWith('#'))?.replace(/^#+ /, '') ?? ''
      return { code, language, isFragment: !!fragment, heading, line: before.length + 1 }
    },
  )
}

/** The code of a page in `docs/`, of these languages only, without fragments. */
export function snippets(page: string, ...languages: string[]): Snippet[] {
  return allSnippets(page).filter(({ language, isFragment }) => languages.includes(language) && !isFragment)
}

/** The code under a heading of a page; there has to be just one of that language. */
export function snippet(page: string, heading: string, language: string): string {
  const [only, ...more] = snippets(page, language).filter((found) => found.heading === heading)
  if (!only || more.length) throw new Error(`${page} was expected to have one ${language} under ${heading}`)
  return only.code
}
