import type { Payload } from '../sinks/payload'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines), replaced
 * by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const masked = walk(payload, (text) => text.replace(urls, (url) => mask(url)))
  const { view } = masked
  const location = URL.canParse(view.href) ? new URL(view.href) : ({} as Partial<URL>)
  if (view.id === view.pathname) view.id = location.pathname ?? ''
  for (const part of parts) view[part] = location[part] ?? ''
  return masked
}

const parts = ['protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'] as const

/** An absolute URL, without the `:line:column` that stacks put behind it. */
const urls = /https?:\/\/[^\s"'<>()]+?(?=(:\d+){0,2}([\s"'<>()]|$))/g

const walk = <T>(value: T, change: (text: string) => string): T => {
  const parts = (value: object) => Object.entries(value).map(([name, part]) => [name, walk(part, change)])
  if (typeof value === 'string') return change(value) as T
  if (Array.isArray(value)) return value.map((item) => walk(item, change)) as T
  return value && typeof value === 'object' ? Object.fromEntries(parts(value)) : value
}
