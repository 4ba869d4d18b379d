import { locationParts } from './locationParts.ts'
import type { Payload } from './payload.ts'
import { parse, stringify } from './stringify.ts'
import { textOf } from './thrown.ts'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines, names),
 * replaced by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that
 * is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const maskOf = (url: string): string => {
    const masked: unknown = mask(url)
    if (typeof masked === 'string') return masked
    throw `it returned ${textOf(masked)}, expected a text`
  }
  const change = (text: string): string =>
    /^[a-z][a-z\d+.-]*:\/\/\S*$/i.test(text) ? maskOf(text) : text.replace(urls, (_, url, rest) => maskOf(url) + rest)
  const masked = parse(stringify(payload).replace(texts, (text) => stringify(change(parse(text)))))
  const { view } = masked
  const { href, id, pathname } = view
  Object.assign(view, locationParts(urlOf(href) ?? { href }))
  if (id === pathname) view.id = view.pathname
  return masked
}

const urlOf = (href: string) => {
  try {
    return new URL(href)
  } catch {
    return undefined
  }
}

/** An absolute URL in a text, and the `:line:column` or brackets that stacks put behind it. */
const urls = /(\b[a-z][a-z\d+.-]*:\/\/[^\s"<>]+?)((?::\d+:\d+)?\)*(?=[\s"<>]|$))/gi

/** The texts of a JSON, names included. */
const texts = /"(\\.|[^"\\])*"/g
