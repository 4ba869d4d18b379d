// biome-ignore lint/suspicious/noExplicitAny: any method of any browser object
type Method = (...args: any[]) => any

/** Wrappers of ours that are off, and what was there before each. */
const off = new WeakMap<Method, Method>()

/**
 * Puts `wrap(original)` in the place of a method of the page, where it is the original in all but being called: its
 * name, its length, its text, what the page has put on it. The function that comes back takes it off again. Where
 * another tool has patched on top of it since, what that wrapped stays reachable through it, so it only falls silent,
 * and goes when what is on top of it goes. What can't be replaced stays as it is.
 */
export const patch = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  wrap: (original: Extract<Target[Name], Method>) => Method,
): (() => void) => {
  const original = target[name] as Extract<Target[Name], Method>
  let current: Method = wrap(original)
  const patched = new Proxy(original, {
    // or else what a page has put on Object.prototype, `get` or `set`, would be taken for ours
    __proto__: null,
    apply: (_original, self, args) => current.apply(self, args),
  } as ProxyHandler<Method>)
  Reflect.set(target, name, patched)
  return () => {
    current = original
    off.set(patched, original)
    for (let below = off.get(target[name] as Method); below; below = off.get(below)) Reflect.set(target, name, below)
  }
}

/** The same for several methods, those that are there, whose wrapper is told which it is; all come off together. */
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
