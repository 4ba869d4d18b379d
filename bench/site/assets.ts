import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiAnswer } from './api.ts'
import { bundledScript, hero, pictures, styleSheet } from './shopFiles.ts'

/** An answer of the site. */
export interface Asset {
  type: string
  body: string | Buffer
  /** How long a network would take, ms. */
  delay?: number
}

/** What the pages load, by path: the same in every run, delays included. `undefined` where there is no such thing. */
export function asset(path: string): Asset | undefined {
  const [, folder = '', rest = ''] = /^\/(\w+)\/(.*)/.exec(path) ?? []
  return files[path] ?? folders[folder]?.(rest)
}

/** A file of the folder `pages`, as text. */
export function pageFile(name: string): string {
  return readFileSync(join(import.meta.dirname, 'pages', name), 'utf8')
}

const files: Record<string, Asset> = {
  '/shop.js': { type: 'text/javascript', body: pageFile('shop.js'), delay: 12 },
  '/stress.js': { type: 'text/javascript', body: pageFile('stress.js') },
  '/app.js': { type: 'text/javascript', body: pageFile('app.js'), delay: 12 },
  '/app.css': { type: 'text/css', body: pageFile('app.css'), delay: 8 },
  '/pictures/hero.png': { type: 'image/png', body: hero, delay: 250 },
  '/tiny': { type: 'text/plain', body: '.' },
  '/next': { type: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">The next page' },
}

const folders: Record<string, (name: string) => Asset | undefined> = {
  styles: (name) => {
    const number = Number.parseInt(name, 10)
    return { type: 'text/css', body: styleSheet(number), delay: 5 + ((number * 7) % 20) }
  },
  bundles: (name) => {
    const number = Number.parseInt(name, 10)
    return { type: 'text/javascript', body: bundledScript(number), delay: 8 + ((number * 11) % 35) }
  },
  pictures: (name) => {
    const number = Number.parseInt(name, 10)
    const body = pictures[number]
    return body && { type: 'image/png', body, delay: 6 + ((number * 13) % 45) }
  },
  api: (name) => ({
    type: 'application/json',
    body: JSON.stringify(apiAnswer(name)),
    delay: 10 + (name.length % 7) * 8,
  }),
}
