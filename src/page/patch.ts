// biome-ignore lint/suspicious/noExplicitAny: any method of any browser object
type Method = (...args: any[]) => any

/** Wrappers of ours that are off, and the method below each. */
const off = new WeakMap<Method, Method>()

/**
 * Replaces a method of the page with `wrap(original)`. The replacement is the original in all but being called: its name,
 * length, text and own properties. Returns the function that undoes this. If another tool has patched on top since, the
 * replacement stays, and hands every call through; if a later one of ours is on top, it goes with that. A method that cannot
 * be replaced stays as it is.
 */
export const patch = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  wrap: (original: Extract<Target[Name], Method>) => Method,
): (() => void) => {
  const original = target[name] as Extract<Target[Name], Method>
  let current: Method = wrap(original)
  const patched = new Proxy(original, {
    // without a prototype, so that `get` or `set` of a page's own on Object.prototype are not taken for traps
    __proto__: null,
    apply: (_original, self, args) => Reflect.apply(current, self, args),
  } as ProxyHandler<Method>)
  Reflect.set(target, name, patched)
  return () => {
    current = original
    off.set(patched, original)
    for (let below = off.get(target[name] as Method); below; below = off.get(below)) Reflect.set(target, name, below)
  }
}

/** The same for several methods, as far as they exist. `wrap` gets the name as well; all come off together. */
export const patchAll = <Target extends object, Name extends keyof Target>(
  target: Target,
  names: readonly Name[],
  wrap: (original: Extract<Target[Name], Method>, name: Name) => Method,
): (() => void) => {
  const undo = names
    .filter((name) => target[name])
    .map((name) => patch(target, name, (original) => wrap(original, name)))
  return () => {
    for (const off of undo) off()
  }
}
