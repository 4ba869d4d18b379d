/**
 * Puts `wrap(original)` in the place of a method of the page, under the original's name and length; the function that
 * comes back takes it off again. Where another tool has patched on top of it since, what it wrapped stays reachable
 * through it, so it only falls silent: from then on calls go straight to the original.
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
    if (target[name] === patched) target[name] = original
  }
}

// biome-ignore lint/suspicious/noExplicitAny: any method of any browser object
type Method = (...args: any[]) => any
