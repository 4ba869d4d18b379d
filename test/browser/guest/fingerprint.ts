/**
 * Runs in the page, before all else: leaves `prints()`, which tells all that a script of the page can see of its world,
 * as one text for each thing: own properties of the window and of all that is reachable from it, with their
 * descriptors and the text of each function; the listeners that a patched `addEventListener` sees; what is asked of
 * timers, frames, observers and storage; and the errors and events that are heard.
 */
export function fingerprint(page: Window & typeof globalThis) {
  const seen: Record<string, string> = {}
  const add = (name: string, text: string) => {
    seen[name] = `${seen[name] ?? ''}${text}\n`
  }
  Object.assign(page, { print: (name: string, value: unknown) => add(name, String(value)) })

  // only what somebody puts there afterwards, or what comes with it, is of interest: these hear, and change nothing
  const { apply } = Reflect
  const listen = (owner: object, name: string, tell: (self: object, args: unknown[]) => string) => {
    const original = Reflect.get(owner, name)
    Reflect.set(
      owner,
      name,
      {
        [name](this: object, ...args: unknown[]) {
          const told = tell(this ?? page, args)
          if (told) add(told, 'call')
          return apply(original, this, args)
        },
      }[name],
    )
  }
  const nameOf = (target: object) => Object.prototype.toString.call(target).slice(8, -1)
  for (const name of ['addEventListener', 'removeEventListener'])
    listen(page.EventTarget.prototype, name, (target, [type]) => `${name} ${type} on ${nameOf(target)}`)
  for (const name of [
    'fetch',
    'setTimeout',
    'setInterval',
    'requestAnimationFrame',
    'requestIdleCallback',
    'queueMicrotask',
    'fetchLater',
  ])
    if (name in page) listen(page, name, () => name)
  for (const { name, prototype } of [page.PerformanceObserver, page.ReportingObserver, page.MutationObserver])
    listen(prototype, 'observe', (_observer, [options]) =>
      `${name} ${(options as { type?: string })?.type ?? ''}`.trim(),
    )
  listen(page.Navigator.prototype, 'sendBeacon', () => 'sendBeacon')
  listen(page.IDBFactory.prototype, 'open', () => 'indexedDB.open')
  listen(page.LockManager?.prototype ?? {}, 'request', () => 'locks.request')
  for (const name of ['getItem', 'setItem', 'removeItem'])
    listen(page.Storage.prototype, name, (_storage, [key]) => `localStorage.${name} ${key}`)
  for (const name of ['createElement', 'write', 'cookie'])
    if (typeof Reflect.get(page.document, name) === 'function')
      listen(page.Document.prototype, name, (_document, [tag]) => `${name} ${tag}`)
  for (const type of ['error', 'unhandledrejection', 'securitypolicyviolation', 'popstate', 'hashchange', 'click'])
    page.addEventListener(
      type,
      (event) =>
        add(`event ${type}`, String((event as ErrorEvent).message ?? (event as PromiseRejectionEvent).reason ?? '')),
      true,
    )

  const { debug } = page.console
  page.console.debug = (...args: unknown[]) => {
    const frames = String(new Error('here').stack).split('\n')
    add('stack below console.debug', frames.map((frame) => frame.replace(/.*[/(]/, '')).join())
    apply(debug, page.console, args)
  }

  const textOf = (value: unknown): string => {
    if (typeof value === 'function') return Function.prototype.toString.call(value)
    if (typeof value === 'object' && value) return nameOf(value)
    return typeof value === 'number' && !Number.isInteger(value) ? 'number' : String(value)
  }
  const visited = new Set<object>()
  const walk = (path: string, owner: object, depth: number) => {
    if (visited.has(owner)) return
    visited.add(owner)
    seen[`extensible ${path}`] = String(Object.isExtensible(owner))
    for (const key of Reflect.ownKeys(owner)) {
      const name = `${path}.${String(key)}`
      // its own global, which guards itself
      if (name === 'window.CRUM') continue
      const { value, get, set, ...flags } = Reflect.getOwnPropertyDescriptor(owner, key) ?? {}
      const parts = [value, get, set].filter((part) => part !== undefined)
      // by now the values of times and numbers move by themselves
      seen[name] =
        `${Object.entries(flags)} ${parts.map((part) => (typeof part === 'number' && path !== 'window' ? 'number' : textOf(part)))}`
      for (const part of parts)
        if (depth > 0 && (typeof part === 'function' || (typeof part === 'object' && part))) walk(name, part, depth - 1)
    }
    const prototype = Reflect.getPrototypeOf(owner)
    if (prototype && depth > 0) walk(`${path}.[prototype]`, prototype, depth - 1)
  }
  Object.assign(page, {
    prints: () => {
      visited.add(seen).add(visited)
      for (const own of ['print', 'prints', 'CRUM']) visited.add(Reflect.get(page, own))
      const running = Reflect.get(page, Symbol.for('crum'))
      if (running) visited.add(running)
      walk('window', page, 4)
      walk('document', page.document, 1)
      walk('navigator', page.navigator, 1)
      walk('performance', page.performance, 1)
      walk('history', page.history, 1)
      seen.location = page.location.href
      seen.html = page.document.documentElement.outerHTML
      seen.cookie = page.document.cookie
      seen['localStorage keys'] = Object.keys(page.localStorage).join()
      seen['sessionStorage keys'] = Object.keys(page.sessionStorage).join()
      return seen
    },
  })
}
