// biome-ignore lint/suspicious/noExplicitAny: any method of any browser object
type Method = (...args: any[]) => any

/** Wrappers of ours that are off, and what was there before each. */
const off = new WeakMap<Method, Method>()

/**
 * Puts `wrap(original)` in the place of a method of the page, under the original's name and length; the function that
 * comes back takes it off again. Where another tool has patched on top of it since, what that wrapped stays reachable
 * through it, so it only falls silent, and goes when what is on top of it goes.
 */
export const patch = <Target extends object, Name extends keyof Target>(
  target: Target,
  name: Name,
  wrap: (original: Extract<Target[Name], Method>) => Method,
): (() => void) => {
  const original = target[name] as Extract<Target[Name], Method>
  let current: Method = wrap(original)
  const patched = {
    [name as string](this: unknown, ...args: unknown[]) {
      return current.apply(this, args)
    },
  }[name as string] as Method
  Object.defineProperty(patched, 'length', { value: original.length })
  target[name] = patched as Target[Name]
  return () => {
    current = original
    off.set(patched, original)
    for (let below = off.get(target[name] as Method); below; below = off.get(below))
      target[name] = below as Target[Name]
  }
}

/** The same for several methods, whose wrapper is told which it is; all come off together. */
export const patchAll = <Target extends object, Name extends keyof Target>(
  target: Target,
  names: readonly Name[],
  wrap: (original: Extract<Target[Name], Method>, name: Name) => Method,
): (() => void) => {
  const undo = names.map((name) => patch(target, name, (original) => wrap(original, name)))
  return () => {
    for (const off of undo) off()
  }
}
