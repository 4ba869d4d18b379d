import { locationParts } from './locationParts.ts'
import type { Payload } from './payload.ts'
import { parse, stringify } from './stringify.ts'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines, names),
 * replaced by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that
 * is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const change = (text: string) =>
    /^(http|ws)s?:\/\/\S*$/i.test(text) ? mask(text) : text.replace(urls, (_, url, rest) => mask(url) + rest)
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
const urls = /((?:http|ws)s?:\/\/[^\s"<>]+?)((?::\d+:\d+)?\)*(?=[\s"<>]|$))/gi

/** The texts of a JSON, names included. */
const texts = /"(\\.|[^"\\])*"/g
