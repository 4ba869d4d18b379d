import { cut, shortened } from './boundedText.ts'
import { type Budget, limit, newBudget, spend } from './budget.ts'
import { causesOf, isError, stackOf, tagOf } from './causes.ts'
import { native } from './native.ts'
import type { Json } from './payload.ts'
import { errorNames, hiddenNames } from './propertyNames.ts'

/**
 * Any value of the page as bounded JSON: what has no JSON form is named (`[circular]`, `[function save]`, `<button>`),
 * what throws when looked at is `[unreadable]`, and what is too much, or takes too long, ends in `…`. Each property is
 * read at most once, and nothing is changed.
 */
export const toJson = (value: unknown): Json => copy(() => value, [], newBudget()) ?? null

/** `isForm`: it was given by the `toJSON` of the last one above, which may be itself. */
const copy = (read: () => unknown, above: unknown[], budget: Budget, isForm = false): Json | undefined => {
  try {
    const value = read()
    spend(budget)
    if (value == null || typeof value === 'boolean' || Number.isFinite(value)) return value as Json
    if (typeof value === 'function') return cut(`[function ${value.name}]`, limit.name)
    if (typeof value !== 'object') return shortened(String(value), budget)
    return copyObject(value, above, budget, isForm)
  } catch {
    return '[unreadable]'
  }
}

const copyObject = (value: object, above: unknown[], budget: Budget, isForm: boolean): Json | undefined => {
  const tag = cut(tagOf(value), limit.name)
  if (above.includes(value) && !(isForm && value === above.at(-1))) return '[circular]'
  if (/Element$/.test(tag)) return cut(`<${native(value as Element, 'localName')}>`, limit.name)
  const inside: Inside = (read, isForm = false) => copy(read, [...above, value], budget, isForm)
  // what only calls itself a number may give another such, without end
  if (boxed.test(tag) && above.length <= limit.depth)
    return inside(() => (tag === 'RegExp' ? String(value) : value.valueOf()))
  if (above.length >= limit.depth || unspeakable.test(tag)) return `[${tag}]`
  if (/^(Array|Map|Set)$/.test(tag)) return copyItems(value as Iterable<unknown>, inside, budget)

  const { toJSON } = value as Part
  const isFailure = isError(value)
  const causes = isFailure && causesOf(value)
  // one that all have was put there by an old library, and would quote what it is asked for
  if (!isForm && typeof toJSON === 'function' && toJSON !== ({} as Part).toJSON) {
    const copied = inside(() => toJSON.call(value), true)
    if (!causes) return copied
    const form = typeof copied === 'object' && !Array.isArray(copied) ? copied : { message: copied as Json }
    return { ...form, causes: inside(() => causes) as Json }
  }
  const names = isFailure ? errorNames(value) : new Set([...hiddenNames(tag), ...Object.keys(value)])
  // a FormData, a Blob: what it has inside is nobody's business, and it is no empty object
  if (tag !== 'Object' && !names.size) return `[${tag}]`
  const part = (name: string) => {
    if (name === 'toJSON') return typeof toJSON === 'function' ? undefined : toJSON
    if (name === 'causes' && causes) return causes
    return isFailure && name === 'stack' ? stackOf(value) : (value as Part)[name]
  }
  return copyParts(names, part, inside, budget)
}

/** Copies what is inside of an object. */
type Inside = (read: () => unknown, isForm?: boolean) => Json | undefined

const copyItems = (list: Iterable<unknown>, inside: Inside, budget: Budget): Json => {
  const items: Json[] = []
  for (const item of list) {
    if (isFull(items.length, budget)) return [...items, '…']
    items.push(inside(() => item) ?? null)
  }
  return items
}

const copyParts = (names: Iterable<string>, part: (name: string) => unknown, inside: Inside, budget: Budget): Json => {
  const parts: [name: string, part: Json][] = []
  let count = 0
  for (const name of names) {
    if (isFull(count++, budget)) {
      parts.push(['…', '…'])
      break
    }
    const shortName = shortened(name, budget)
    const copied = inside(() => part(name))
    if (copied !== undefined) parts.push([shortName, copied])
  }
  return Object.fromEntries(parts)
}

const isFull = (count: number, { left }: Budget) => count >= limit.items || left <= 0

type Part = Record<string, unknown>

/** Objects that stand for a value without properties. */
const boxed = /^(Number|String|Boolean|BigInt|Symbol|RegExp)$/

/** Objects whose properties are not looked at: other documents, what is still to come, and raw memory. */
const unspeakable = /Window|global|Document|Promise$|Weak|.Array|Buffer|DataView/
