import { causeNames, causesOf, isError, stackOf, tagOf } from './causes.ts'
import { native } from './native.ts'
import type { Json } from './payload.ts'
import { isUrl, safeUrls } from './urls.ts'

/** Bounds of a copied value: how deep, how many items or keys at each level, characters of one text and of all, ms, ms of one value. */
export const limit = { depth: 6, items: 50, text: 2_000, total: 8_000, time: 50, stall: 20 }

/**
 * Any value of the page as bounded JSON: what has no JSON form is named (`[circular]`, `[function save]`, `<button>`),
 * what throws when looked at is `[unreadable]`, and what is too much, or takes too long, ends in `…`. Each property is
 * read at most once, and nothing is changed.
 */
export const toJson = (value: unknown): Json =>
  copy(() => value, [], { left: limit.total + valueCost, spent: 0, last: now() }) ?? null

/** As it was when the client came: a page may replace it later. */
const { now } = Date

/** A value costs four characters even where it has none. */
const valueCost = 4

/** What is left of the bounds. */
interface Budget {
  left: number
  /** ms */
  spent: number
  /** When it was looked at last. */
  last: number
}

/** `isForm`: it was given by the `toJSON` of the last one above, which may be itself. */
const copy = (read: () => unknown, above: unknown[], budget: Budget, isForm = false): Json | undefined => {
  try {
    const value = read()
    budget.left -= valueCost
    // a few values are never cut by time
    if (limit.total - budget.left > limit.items * 2) {
      const time = now()
      // a busy machine may let a page wait in between: that counts for no more than this
      budget.spent += Math.min(time - budget.last, limit.stall)
      budget.last = time
      if (budget.spent > limit.time) budget.left = 0
    }
    if (value == null || typeof value === 'boolean' || Number.isFinite(value)) return value as Json
    if (typeof value === 'function') return cut(`[function ${value.name}]`, limit.items)
    if (typeof value !== 'object') return shortened(String(value), budget)
    const tag = cut(tagOf(value), limit.items)
    if (above.includes(value) && !(isForm && value === above.at(-1))) return '[circular]'
    if (/Element$/.test(tag)) return cut(`<${native(value as Element, 'localName')}>`, limit.items)
    const inside = (read: () => unknown, isForm = false) => copy(read, [...above, value], budget, isForm)
    // what only calls itself a number may give another such, without end
    if (boxed.test(tag) && above.length <= limit.depth)
      return inside(() => (tag === 'RegExp' ? String(value) : value.valueOf()))
    if (above.length >= limit.depth || unspeakable.test(tag)) return `[${tag}]`
    const list = /^(Array|Map|Set)$/.test(tag) && (value as Iterable<unknown>)
    const { toJSON } = (list || value) as Partial<Part>
    const isFailure = isError(value)
    const causes = isFailure && causesOf(value)
    // one that all have was put there by an old library, and would quote what it is asked for
    if (!list && !isForm && typeof toJSON === 'function' && toJSON !== ({} as Partial<Part>).toJSON) {
      const copied = inside(() => toJSON.call(value), true)
      return causes ? { ...(copied as object), causes: inside(() => causes) as Json } : copied
    }
    const names = list || (isFailure ? errorNames(value) : new Set([...hiddenNames(tag), ...Object.keys(value)]))
    // a FormData, a Blob: what it has inside is nobody's business, and it is no empty object
    if (!list && tag !== 'Object' && ![...names].length) return `[${tag}]`
    const items: [name: string, part: Json | undefined][] = []
    for (const item of names) {
      if (items.length >= limit.items || budget.left <= 0) {
        items.push(['…', '…'])
        break
      }
      const name = list ? '' : shortened(item as string, budget)
      const part = () => {
        if (item === 'toJSON') return typeof toJSON === 'function' ? undefined : toJSON
        if (item === 'causes' && causes) return causes
        return isFailure && item === 'stack' ? stackOf(value) : (value as Part)[item as string]
      }
      items.push([name, inside(list ? () => item : part)])
    }
    return list
      ? items.map(([, part]) => part ?? null)
      : Object.fromEntries(items.filter((item): item is [string, Json] => item[1] !== undefined))
  } catch {
    return '[unreadable]'
  }
}

type Part = Record<string, unknown>

/** Objects that stand for a value without properties. */
const boxed = /^(Number|String|Boolean|BigInt|Symbol|RegExp)$/

/** Objects whose properties are not looked at: other documents, what is still to come, and raw memory. */
const unspeakable = /Window|global|Document|Promise$|Weak|.Array|Buffer|DataView/

/** What an error has, but not to be listed; then what its causes do not tell of it. A MediaError has a code for a name. */
const errorNames = (error: Error) =>
  new Set(
    ['name', 'code', 'message', 'stack', 'causes', ...Object.keys(error)].filter((name) => !causeNames.includes(name)),
  )

/** What other objects of the browser have, but not of their own. (The `code` of a key event would tell what was typed.) */
const hiddenNames = (tag: string): readonly string[] => [
  ...(/Event$/.test(tag) ? ['type', 'target', 'reason'] : []),
  ...(hidden.get(tag) ?? []),
]

const hidden = new Map([
  ['CloseEvent', ['code', 'wasClean']],
  ['Response', ['url', 'status', 'statusText']],
  ['XMLHttpRequest', ['responseURL', 'status', 'statusText']],
])

/** Nothing of what is hidden in a URL is left at the end of what was cut. */
const shortened = (raw: string, budget: Budget) => {
  const text = safeUrls(raw.slice(0, limit.total * 2))
  const room = Math.max(0, Math.min(isUrl(text) ? limit.total : limit.text, budget.left))
  budget.left -= Math.min(text.length, room)
  return cut(text, room) + (text.length > room ? '…' : '')
}

/** The first characters of a text, as well-formed Unicode: no half is left of a character at the end, nor one that the page had. */
const cut = (text: string, room: number) => {
  const start = text.length > room ? text.slice(0, room).replace(/[\ud800-\udbff]$/, '') : text
  // most texts have no character of two halves
  return /[\ud800-\udfff]/.test(start) ? start.replace(/\p{Cs}/gu, '\ufffd') : start
}
