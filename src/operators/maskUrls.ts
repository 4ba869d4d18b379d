import type { Payload } from '../sinks/payload'
import { locationParts } from '../sources/view'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines), replaced
 * by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const masked = walk(payload, (text) => text.replace(urls, (url) => mask(url)))
  const { view } = masked
  const { href, id, pathname } = view
  Object.assign(view, locationParts(URL.canParse(href) ? new URL(href) : { href }))
  if (id === pathname) view.id = view.pathname
  return masked
}

/** An absolute URL, without the `:line:column` that stacks put behind it. */
const urls = /https?:\/\/[^\s"'<>()]+?(?=(:\d+){0,2}([\s"'<>()]|$))/g

const walk = <T>(value: T, change: (text: string) => string): T => {
  const parts = (value: object) => Object.entries(value).map(([name, part]) => [name, walk(part, change)])
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => walk(item, change)) as T
  return value && typeof value === 'object' ? Object.fromEntries(parts(value)) : value
}
