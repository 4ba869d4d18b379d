import { asyncScheduler } from 'rxjs'
import type { Page } from '../../src/page/page'
import { answer } from './answer'
import { FakeTarget } from './target'
import { type EntryLike, fakeTimeline } from './timeline'
import { withProperties } from './withProperties'

type Fields = Record<string, unknown>

/** What a test replaces: parts of `document`, `navigator`, `performance` one by one, all else whole. */
export interface Overrides extends Fields {
  url?: string
  supportedEntryTypes?: string[]
  document?: Fields
  navigator?: Fields
  performance?: Fields
}

/** A request of the page, by `fetch` or `sendBeacon`. */
interface Request {
  way: 'fetch' | 'sendBeacon'
  url: string
  body: string
  init?: RequestInit
}

/** How a test drives a page, and what it can ask it. */
interface Drive {
  emit(type: string, entries: EntryLike[]): void
  queue(type: string, entries: EntryLike[]): void
  fire(type: string, init?: Fields): void
  hide(): void
  show(): void
  /** As a browser does at a navigation: `pagehide` while still visible, then hidden. */
  leave(): void
  /** Comes back from the back/forward cache. */
  restore(): void
  finishLoading(): void
  navigate(url: string): void
  /** Goes to a URL by the browser's own buttons. */
  traverse(url: string): void
  /** Listeners, observers, patches and frame callbacks that are still on. */
  open(): number
  requests: Request[]
  logged: { method: string; args: unknown[] }[]
  /** Milliseconds, 16 at first. */
  frameLength: number
}

/** `open()` is the drive's own, not the window's. */
export type FakePage = Drive & Page

/** A page that loads, visible, at `https://shop.test/`, with nothing measured yet. */
export const fakePage = ({
  url = 'https://shop.test/',
  supportedEntryTypes = entryTypes,
  ...given
}: Overrides = {}) => {
  const timeline = fakeTimeline(supportedEntryTypes)
  const location = new URL(url)
  const born = asyncScheduler.now()
  const requests: Request[] = []
  const logged: Drive['logged'] = []
  const frames = fakeFrames(
    () => performance.now(),
    () => drive.frameLength,
  )
  const document = Object.assign(new FakeTarget(), { ...documentFields(), ...given.document })
  const performance = {
    timeOrigin: 1_700_000_000_000,
    now: () => asyncScheduler.now() - born,
    getEntriesByType: timeline.getEntriesByType,
    measure: () => {},
    ...given.performance,
  }
  const navigator = {
    sendBeacon: (url: string, body: string) => requests.push({ way: 'sendBeacon', url, body }) > 0,
    ...given.navigator,
  }
  const fetch = (url: string, init: RequestInit) => {
    requests.push({ way: 'fetch', url, body: String(init.body), init })
    return Promise.resolve(answer())
  }

  const history = fakeHistory((to, navigationType) => {
    location.href = new URL(to, location).href
    navigation?.hear(Object.assign({ type: 'currententrychange' }, { navigationType }))
  })
  const page = Object.assign(new FakeTarget(), {
    ...{ location, fetch, Blob, URL, Element: FakeElement, HTMLScriptElement: FakeScript },
    ...{ crypto: globalThis.crypto, crossOriginIsolated: false, localStorage: fakeStorage() },
    history,
    History: { prototype: history },
    console: fakeConsole(logged),
    ...frames,
    PerformanceObserver: timeline.PerformanceObserver,
    ...given,
    ...{ document, performance, navigator },
  })
  const parts: unknown[] = [page, document, ...Object.values({ ...page, ...navigator })]
  const targets = new Set(parts.filter((part) => part instanceof FakeTarget))
  const { navigation } = page as { navigation?: FakeTarget }
  const countPatched = watchMethods([page.history, page.console, page, navigator])

  const arrive = (to: string | URL, ...events: string[]) => {
    location.href = new URL(to, location).href
    for (const type of events) {
      if (type === 'currententrychange') navigation?.hear({ type })
      else fire(type)
    }
  }
  const see = (visibilityState: DocumentVisibilityState) => {
    Object.assign(document, { visibilityState, hidden: visibilityState === 'hidden' })
    fire('visibilitychange')
  }
  const fire = (type: string, init: Fields = {}) => {
    const path = wayUp(init.target)
    const event = withProperties(
      { type, isTrusted: true, timeStamp: performance.now(), target: undefined as unknown, composedPath: () => path },
      init,
    )
    const before = drive.event
    drive.event = event as unknown as Event
    dispatch(event)
    drive.event = before
  }
  /** The way of an event: down through the window to its target, and up again where it bubbles. */
  const dispatch = (event: { type: string; target: unknown }) => {
    const { type } = event
    if (onWindow.test(type) && !event.target) return page.hear(event)
    page.hear(event, ['capture'])
    if (event.target) document.hear(event, ['capture'])
    else document.hear(event)
    if (event.target && /^(error|scroll)$/.test(type)) return
    if (event.target) document.hear(event, ['bubble'])
    page.hear(event, ['bubble'])
  }

  const drive = Object.assign(page, {
    event: given.event as Event | undefined,
    ...{ requests, logged, frameLength: 16, fire, emit: timeline.emit, queue: timeline.queue },
    hide: () => see('hidden'),
    show: () => see('visible'),
    leave: () => {
      fire('pagehide')
      see('hidden')
    },
    restore: () => {
      see('visible')
      fire('pageshow', { persisted: true })
    },
    finishLoading: () => {
      document.readyState = 'complete'
      fire('load')
    },
    navigate: (to: string) => page.history.pushState({}, '', to),
    traverse: (to: string) => arrive(to, 'popstate', 'currententrychange'),
    open: () =>
      [...targets].reduce((sum, target) => sum + target.count(), 0) +
      timeline.observers.size +
      frames.pending.size +
      countPatched(),
  })
  return drive as unknown as FakePage
}

const entryTypes = (
  'element event first-input largest-contentful-paint layout-shift long-animation-frame longtask mark measure navigation ' +
  'paint resource visibility-state'
).split(' ')

/** Events whose target is the window; all others go through the document. */
const onWindow =
  /^(load|pagehide|pageshow|popstate|hashchange|error|unhandledrejection|online|offline|storage|message)$/

const documentFields = () => ({
  readyState: 'loading' as DocumentReadyState,
  visibilityState: 'visible' as DocumentVisibilityState,
  hidden: false,
  referrer: 'https://search.test/',
  querySelector: (_of: string): unknown => null,
  currentScript: null,
  getAnimations: () => [],
})

/** An element: what it is, its attributes, and its way up; one without a parent stands alone in the document. */
export class FakeElement {
  readonly nodeType = 1
  readonly parentNode: object

  constructor(
    readonly localName: string,
    readonly attributes: Record<string, string> = {},
    readonly parentElement: FakeElement | null = null,
  ) {
    this.parentNode = parentElement ?? {}
  }

  /** The field of a label. */
  control: FakeElement | undefined

  get [Symbol.toStringTag]() {
    return 'HTMLElement'
  }

  get id() {
    return this.attributes.id ?? ''
  }

  get classList() {
    return (this.attributes.class ?? '').split(' ').filter(Boolean)
  }

  getAttribute(name: string) {
    return this.attributes[name] ?? null
  }

  hasAttribute(name: string) {
    return name in this.attributes
  }
}

const wayUp = (target: unknown): unknown[] =>
  target instanceof FakeElement ? [target, ...wayUp(target.parentElement)] : []

class FakeScript extends FakeElement {
  src = ''
}

/** `localStorage`, over any number of pages if handed to each. */
export const fakeStorage = (items = new Map<string, string>()) => ({
  getItem: (key: string) => items.get(key) ?? null,
  setItem: (key: string, value: string) => void items.set(key, String(value)),
  removeItem: (key: string) => void items.delete(key),
})

const fakeHistory = (go: (to: string, how: 'push' | 'replace') => void) => {
  class History {
    pushState(_state: unknown, _title: string, to?: string) {
      if (to !== undefined) go(to, 'push')
    }

    replaceState(_state: unknown, _title: string, to?: string) {
      if (to !== undefined) go(to, 'replace')
    }
  }
  return new History()
}

const fakeConsole = (logged: Drive['logged']) =>
  Object.fromEntries(
    ['log', 'info', 'debug', 'warn', 'error', 'table', 'groupCollapsed', 'groupEnd'].map((method) => [
      method,
      (...args: unknown[]) => void logged.push({ method, args }),
    ]),
  )

/** How many of these objects' methods are no longer what they were at the start. */
const watchMethods = (objects: object[]) => {
  const methods = objects.flatMap((object) =>
    ['pushState', 'replaceState', 'log', 'debug', 'warn', 'error', 'fetch', 'sendBeacon', 'addEventListener'].flatMap(
      (name) => (name in object ? [[object as Fields, name, (object as Fields)[name]] as const] : []),
    ),
  )
  return () => methods.filter(([object, name, method]) => object[name] !== method).length
}

/** Frames of a given length, ms, by the clock of RxJS. */
const fakeFrames = (now: () => number, length: () => number) => {
  const pending = new Map<number, { unsubscribe(): void }>()
  let last = 0
  return {
    pending,
    requestAnimationFrame: (callback: (time: number) => void) => {
      const handle = ++last
      const run = () => {
        pending.delete(handle)
        callback(now())
      }
      pending.set(handle, asyncScheduler.schedule(run, length()))
      return handle
    },
    cancelAnimationFrame: (handle: number) => {
      pending.get(handle)?.unsubscribe()
      pending.delete(handle)
    },
  }
}
