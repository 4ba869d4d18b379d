import { readFileSync } from 'node:fs'
import type { Route } from '../browser/harness/routes.ts'

export interface Ledger {
  /** The listeners, timers, frames and observers that are open, by name. */
  open(): string[]
  /** What is open beyond the listeners and observers of another page. */
  beyond(theirs: string[]): string[]
  /** Puts that into `seen` a task later: a driver has a timer of its own in the page, in WebKit, while it runs a script. */
  look(theirs: string[]): void
  seen?: string[] | undefined
  /** The functions of `console` and `history` that are not what they were, by name. */
  changed(): string[]
  /** `setTimeout`, without an entry. */
  later(callback: () => void, ms: number): void
}

/** The first script of a page that keeps a ledger of what is open in it, in `ledger`. */
export const ledgerScript = (): string => `<script>(${keepLedger})()</script>`

/**
 * A page of the web-vitals package alone, asked for what the client asks it for: its listeners and observers can't be taken
 * back.
 */
export const vitalsRoutes = (body: string): Record<string, Route> => ({
  '/vitals': `<!doctype html><html><head><title>vitals</title><link rel="icon" href="data:,">${ledgerScript()}
    <script src="/web-vitals.js"></script><script>
      for (const on of ['onFCP', 'onLCP', 'onCLS', 'onINP', 'onTTFB']) webVitals[on](() => {}, { reportAllChanges: true, reportSoftNavs: true })
    </script></head><body>${body}</body></html>`,
  '/web-vitals.js': readFileSync('node_modules/web-vitals/dist/web-vitals.iife.js', 'utf8'),
})

/** Runs in the page before all else. */
function keepLedger() {
  const { setTimeout: later } = window
  const open = new Map<string, string>()
  const numbers = new WeakMap<object, number>()
  let last = 0
  const number = (of: object) => numbers.get(of) ?? numbers.set(of, ++last).get(of)
  const names = ['error', 'warn', 'debug', 'log', 'info', 'pushState', 'replaceState', 'back', 'go']
  const method = (of: object, name: string) => (of as Record<string, unknown>)[name]
  const originals = [console, history].flatMap((of) =>
    names.filter((name) => name in of).map((name) => [of, name, method(of, name)] as const),
  )
  const ledger: Ledger = {
    open: () => [...open.values()].sort(),
    beyond: (theirs) => {
      const rest = theirs.filter((what) => /^(listen|observe)/.test(what))
      return ledger.open().filter((what) => {
        const index = rest.indexOf(what)
        if (index >= 0) rest.splice(index, 1)
        return index < 0
      })
    },
    look: (theirs) => {
      ledger.seen = undefined
      ledger.later(() => {
        ledger.seen = ledger.beyond(theirs)
      }, 0)
    },
    changed: () => originals.filter(([of, name, was]) => method(of, name) !== was).map(([, name]) => name),
    later: (callback, ms) => later.call(window, callback, ms),
  }
  Object.assign(window, { ledger })

  const { addEventListener, removeEventListener } = EventTarget.prototype
  type Listen = [type: string, listener: object | null, options?: boolean | AddEventListenerOptions]
  const keyOf = (target: object, [type, listener, options]: Listen) =>
    `${number(target)} ${type} ${listener && number(listener)} ${typeof options === 'object' ? !!options.capture : !!options}`
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Listen) {
    const target = this ?? window
    const key = keyOf(target, args)
    open.set(key, `listen ${target.constructor.name} ${args[0]}`)
    const closed = () => open.delete(key)
    if (typeof args[2] === 'object' && args[2].once) addEventListener.call(target, args[0], closed, args[2])
    if (typeof args[2] === 'object') args[2].signal?.addEventListener('abort', closed)
    return addEventListener.apply(target, args as never)
  }
  EventTarget.prototype.removeEventListener = function (this: EventTarget, ...args: Listen) {
    open.delete(keyOf(this ?? window, args))
    return removeEventListener.apply(this ?? window, args as never)
  }

  const page = window as unknown as Record<string, (...args: never[]) => number>
  const takesTime = (take: string, giveBack: string, repeats: boolean) => {
    // WebKit knows no idle callbacks
    if (!(take in window)) return
    const [original, undo] = [page[take], page[giveBack]] as [(...args: unknown[]) => number, (id: number) => number]
    page[take] = (callback: (...args: unknown[]) => void, ...rest: unknown[]) => {
      const id = original.call(
        window,
        (...args: unknown[]) => {
          if (!repeats) open.delete(`${take} ${id}`)
          callback(...args)
        },
        ...rest,
      )
      open.set(`${take} ${id}`, take)
      return id
    }
    page[giveBack] = (id: number) => {
      // timers and intervals share their numbers
      for (const name of [take, 'setTimeout', 'setInterval'])
        if (!/Frame|Idle/.test(take) || name === take) open.delete(`${name} ${id}`)
      return undo.call(window, id)
    }
  }
  takesTime('setTimeout', 'clearTimeout', false)
  takesTime('setInterval', 'clearInterval', true)
  takesTime('requestAnimationFrame', 'cancelAnimationFrame', false)
  takesTime('requestIdleCallback', 'cancelIdleCallback', false)

  for (const name of ['PerformanceObserver', 'ReportingObserver', 'MutationObserver']) {
    const observer = (window as unknown as Record<string, typeof PerformanceObserver | undefined>)[name]
    if (!observer) continue
    const { observe, disconnect } = observer.prototype
    observer.prototype.observe = function (this: PerformanceObserver, ...args: [PerformanceObserverInit?]) {
      open.set(`observer ${number(this)}`, `observe ${args[0]?.type ?? this.constructor.name}`)
      return observe.apply(this, args)
    }
    observer.prototype.disconnect = function (this: PerformanceObserver) {
      open.delete(`observer ${number(this)}`)
      return disconnect.call(this)
    }
  }
}
