import type { Json } from '../sinks/payload.ts'

/** Bounds of a copied value: how deep, how many items or keys at each level, characters of one text, and of all. */
const limit = { depth: 6, items: 50, text: 2_000, total: 8_000 }

/**
 * Any value of the page as bounded JSON: what has no JSON form is named (`[circular]`, `[function save]`, `<button>`),
 * what throws when looked at is `[unreadable]`, and what is too much ends in `…`. Each property is read at most once,
 * and nothing is changed.
 */
export const plain = (value: unknown): Json => copy(() => value, [], { left: limit.total }) ?? null

const copy = (read: () => unknown, above: unknown[], budget: { left: number }): Json | undefined => {
  try {
    const value = read()
    budget.left -= 4
    if (value == null || typeof value === 'boolean' || Number.isFinite(value)) return value as Json
    if (typeof value === 'function') return `[function ${value.name}]`.slice(0, limit.items)
    if (typeof value !== 'object') return shortened(String(value), budget)
    const tag = Object.prototype.toString.call(value).slice(8, -1).slice(0, limit.items)
    if (above.includes(value)) return '[circular]'
    if (/Element$/.test(tag)) return `<${(value as Element).localName}>`.slice(0, limit.items)
    if (above.length >= limit.depth || unspeakable.test(tag)) return `[${tag}]`
    const inside = (read: () => unknown) => copy(read, [...above, value], budget)
    const list = /^(Array|Map|Set)$/.test(tag) && (value as Iterable<unknown>)
    const { toJSON } = (list ? {} : value) as { toJSON?: unknown }
    if (typeof toJSON === 'function') return inside(() => toJSON.call(value))
    const names = new Set(Object.keys(value).concat(/Error|Exception/.test(tag) ? hidden : []))
    names.delete('toJSON')
    const items: [name: string, part: Json | undefined][] = []
    for (const item of list || names) {
      if (items.length >= limit.items || budget.left <= 0) {
        items.push(['…', '…'])
        break
      }
      items.push(
        list
          ? ['', inside(() => item) ?? null]
          : [shortened(item as string, budget), inside(() => (value as Record<string, unknown>)[item as string])],
      )
    }
    return list
      ? items.map(([, part]) => part as Json)
      : Object.fromEntries(items.filter((item): item is [string, Json] => item[1] !== undefined))
  } catch {
    return '[unreadable]'
  }
}

/** Objects whose properties are not looked at: other documents, what is still to come, and raw memory. */
const unspeakable = /Window|global|Document|Promise|Weak|.Array|Buffer|DataView/

/** What an error has, but not to be listed. */
const hidden = ['name', 'message', 'stack', 'cause']

const shortened = (text: string, budget: { left: number }) => {
  const room = Math.max(0, Math.min(limit.text, budget.left))
  budget.left -= Math.min(text.length, room)
  return text.length > room ? `${text.slice(0, room)}…` : text
}
