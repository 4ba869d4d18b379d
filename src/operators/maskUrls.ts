import type { Payload } from '../sinks/payload.ts'
import { attempt } from '../sources/attempt.ts'
import { json, parse } from '../sources/json.ts'
import { locationParts } from '../sources/view.ts'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines, names),
 * replaced by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that
 * is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const change = (text: string) =>
    /^(http|ws)s?:\/\/\S*$/i.test(text) ? mask(text) : text.replace(urls, (_, url, rest) => mask(url) + rest)
  const masked = parse(json(payload).replace(texts, (text) => json(change(parse(text)))))
  const { view } = masked
  const { href, id, pathname } = view
  Object.assign(view, locationParts(attempt(() => new URL(href)) ?? { href }))
  if (id === pathname) view.id = view.pathname
  return masked
}

/** An absolute URL in a text, and the `:line:column` or brackets that stacks put behind it. */
const urls = /((?:http|ws)s?:\/\/[^\s"<>]+?)((?::\d+:\d+)?\)*(?=[\s"<>]|$))/gi

/** The texts of a JSON, names included. */
const texts = /"(\\.|[^"\\])*"/g
