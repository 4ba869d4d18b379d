import { readFileSync } from 'node:fs'

/** One piece of code in a page of the documentation. */
export interface Snippet {
  code: string
  /** The heading that it stands under. */
  heading: string
  /** Line of the page on which it begins. */
  line: number
}

/** The code of a page in `docs/`, of these languages only, in its order. */
export function snippets(page: string, ...languages: string[]): Snippet[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, language = '']) => languages.includes(language))
    .map(({ 2: code = '', index }) => {
      const before = text.slice(0, index).split('\n')
      const heading = before.findLast((line) => line.startsWith('#'))?.replace(/^#+ /, '') ?? ''
      return { code, heading, line: before.length + 1 }
    })
}

/** The code under a heading of a page; there has to be just one of that language. */
export function snippet(page: string, heading: string, language: string): string {
  const [only, ...more] = snippets(page, language).filter((found) => found.heading === heading)
  if (!only || more.length) throw new Error(`${page} was expected to have one ${language} under ${heading}`)
  return only.code
}
