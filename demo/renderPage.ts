import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Fills a page: `<!--#include header-->` with `parts/header.html`, `{{{cards}}}` with a value as it is, and `{{name}}`
 * with a value as text. Read anew each time, so that an edit shows with the next load.
 */
export async function renderPage(root: string, name: string, values: Record<string, string> = {}): Promise<Buffer> {
  const page = await readFile(join(root, `${name}.html`), 'utf8')
  const names = [...page.matchAll(include)].map(([, part]) => part as string)
  const parts = await Promise.all(names.map((part) => readFile(join(root, 'parts', `${part}.html`), 'utf8')))
  const whole = page.replace(include, (_, part) => (parts[names.indexOf(part)] as string).trimEnd())
  return Buffer.from(
    whole
      .replace(/\{\{\{(\w+)\}\}\}/g, (_, key) => lookUp(values, key, name))
      .replace(/\{\{(\w+)\}\}/g, (_, key) => asText(lookUp(values, key, name))),
  )
}

const include = /<!--#include (\w+)-->/g

function lookUp(values: Record<string, string>, key: string, page: string): string {
  const value = values[key]
  if (value === undefined) throw new Error(`${page}.html asks for ${key}; there are ${Object.keys(values).join(', ')}`)
  return value
}

function asText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
