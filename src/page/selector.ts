import { native } from '../payload/native.ts'
import { tryOr } from '../payload/tryOr.ts'

/**
 * Where an element stands, as `main>ul.products>li`: the names of elements with readable ids and classes, up to the nearest
 * id, five levels at most. It contains no text of the page. Ids and classes that look generated (more digits than one,
 * colons) are left out: they name nothing, and may name a person. Empty for a node that has left the page, and for one that
 * can't be read.
 */
export const selector = (node: Node | null | undefined): string => tryOr(() => stepsTo(node).join('>'), '')

const stepsTo = (node: Node | null | undefined): string[] => {
  const steps: string[] = []
  let at = node as Element | null | undefined
  for (; at && native(at, 'parentNode') && steps.length < 5; at = native(at, 'parentElement')) {
    const localName = native(at, 'localName')
    if (!localName) continue // a text node
    const id = readableId(native(at, 'id'))
    const classes = [...native(at, 'classList')].filter(isReadable).map((name) => `.${name}`)
    steps.unshift(localName + (id || classes.slice(0, 2).join('')))
    if (id) break
  }
  return steps
}

/**
 * What a browser itself has for a selector, the name of the element with its id or its `src` as they stand there, without what is
 * no readable id.
 */
export const readableSelector = (text: string): string =>
  text.replace(/^([^#[]*)(?:#(.*)|\[.*)?$/s, (_, name: string, id?: string) => name.toLowerCase() + readableId(id))

/** An id as a selector has it, with its `#`; empty for one that looks generated, and where there is none. */
export const readableId = (id = ''): string => (isReadable(id) ? `#${id}` : '')

const isReadable = (name: string) => /^[a-z][a-z_-]{1,30}\d?$/i.test(name)
