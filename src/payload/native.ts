/**
 * A property of a DOM object as the browser's own class has it, the last prototype with that name. On the object itself, what
 * the page has may stand in its place: a form has its fields by their names, a document its images and forms, a custom element
 * what its class defines, and a script may have put anything anywhere.
 */
export const native = <T extends object, Name extends keyof T>(object: T, name: Name): T[Name] => {
  // what stands for an object of the browser, as fake timers do for its clocks, may inherit nothing
  const nearest = Object.getPrototypeOf(object) ?? object
  let holder = nearest
  // what all objects have is no property of the browser's
  let at = nearest
  while (true) {
    const next = Object.getPrototypeOf(at)
    if (!next) break
    if (hasOwn.call(at, name)) holder = at
    at = next
  }
  try {
    return name in holder ? Reflect.get(holder, name, object) : object[name]
  } catch {
    // a class that only imitates the browser's may be right about its own
    return Reflect.get(nearest, name, object)
  }
}

const hasOwn = Object.prototype.hasOwnProperty

/** An attribute of an element; `null` if it has none of that name. */
export const attribute = (element: Element, name: string): string | null =>
  native(element, 'getAttribute').call(element, name)
