import type { Payload } from '../sinks/payload.ts'
import { attempt } from '../sources/attempt.ts'
import { locationParts } from '../sources/view.ts'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines, names),
 * replaced by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that
 * is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const masked = walk(payload, (text) =>
    /^(http|ws)s?:\/\/\S*$/i.test(text) ? mask(text) : text.replace(urls, (_, url, rest) => mask(url) + rest),
  )
  const { view } = masked
  const { href, id, pathname } = view
  Object.assign(view, locationParts(attempt(() => new URL(href)) ?? { href }))
  if (id === pathname) view.id = view.pathname
  return masked
}

/** An absolute URL in a text, and the `:line:column` or brackets that stacks put behind it. */
const urls = /((?:http|ws)s?:\/\/[^\s"<>]+?)((?::\d+:\d+)?\)*(?=[\s"<>]|$))/gi

const walk = <T>(value: T, change: (text: string) => string): T => {
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => walk(item, change)) as T
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [change(name), walk(part, change)])) as T
}
