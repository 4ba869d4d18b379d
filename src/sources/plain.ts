import type { Json } from '../sinks/payload'

/** Bounds of a copied value: how deep, how many items or keys at each level, characters of one text, and of all. */
const limit = { depth: 6, items: 50, text: 1_000, total: 8_000 }

/**
 * Any value of the page as bounded JSON: what has no JSON form is named (`[circular]`, `[function save]`, `<button>`),
 * what throws when looked at is `[unreadable]`, and what is too much ends in `…`. Each property is read at most once.
 */
export const plain = (value: unknown): Json => copy(value, [], { left: limit.total })

const copy = (value: unknown, above: unknown[], budget: { left: number }): Json => {
  try {
    if (budget.left <= 0) return '…'
    budget.left -= 4
    if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value as Json
    if (typeof value === 'function') return `[function ${shortened(value.name, budget)}]`
    if (typeof value !== 'object') return shortened(String(value), budget)
    if (above.includes(value)) return '[circular]'
    const tag = Object.prototype.toString.call(value).slice(8, -1)
    const inside = (part: unknown) => copy(part, [...above, value], budget)
    if (tag === 'Date') return String((value as Date).toJSON())
    if (/Element$/.test(tag)) return `<${(value as Element).localName}>`
    if (/Window|global|Document|Promise|Weak|Array(Buffer)?$|DataView/.test(tag) && tag !== 'Array') return `[${tag}]`
    if (above.length >= limit.depth) return `[${tag}]`
    if (/Error|Exception/.test(tag)) {
      const { name, message, stack, cause } = value as Error
      return entries({ name, message, stack, cause }, inside, budget)
    }
    if (/^(Map|Set)$/.test(tag)) return list(value as Set<unknown>, inside)
    if (Array.isArray(value)) return list(value, inside)
    const { toJSON } = value as { toJSON?: unknown }
    return typeof toJSON === 'function' ? inside(toJSON.call(value)) : entries(value, inside, budget)
  } catch {
    return '[unreadable]'
  }
}

const shortened = (text: string, budget: { left: number }) => {
  const room = Math.max(0, Math.min(limit.text, budget.left))
  budget.left -= Math.min(text.length, room)
  return text.length > room ? `${text.slice(0, room)}…` : text
}

const list = (items: Iterable<unknown>, inside: (item: unknown) => Json) => {
  const copied: Json[] = []
  for (const item of items) {
    if (copied.length >= limit.items) {
      copied.push('…')
      break
    }
    copied.push(inside(item))
  }
  return copied
}

const entries = (value: object, inside: (part: unknown) => Json, budget: { left: number }) => {
  const copied: { [key: string]: Json } = {}
  for (const key of Object.keys(value).slice(0, limit.items)) {
    const part = read(value, key)
    if (part !== undefined) copied[shortened(key, budget)] = part === unreadable ? unreadable : inside(part)
  }
  return copied
}

const unreadable = '[unreadable]'

const read = (value: object, key: string): unknown => {
  try {
    return (value as { [key: string]: unknown })[key]
  } catch {
    return unreadable
  }
}
