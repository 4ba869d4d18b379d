/**
 * A property of a DOM object as its prototype has it. On the object itself, what the page has may stand in its place: a form
 * has its fields by their names, a document its images and forms, and a script may have put anything anywhere.
 */
export const native = <T extends object, Name extends keyof T>(object: T, name: Name): T[Name] => {
  // what stands for an object of the browser, as fake timers do for its clocks, may inherit nothing
  const prototype = Object.getPrototypeOf(object) ?? object
  return name in prototype ? Reflect.get(prototype, name, object) : object[name]
}

/** An attribute of an element; `null` if it has none of that name. */
export const attribute = (element: Element, name: string): string | null =>
  native(element, 'getAttribute').call(element, name)
