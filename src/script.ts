import { catchError, config, defer, type Observable, switchMap } from 'rxjs'
import { batchedSources, collectUnchecked, noteRequest, scriptUrl, takenPage, warnIn } from './core.ts'
import {
  beaconSink,
  type Collector,
  type OtlpOptions,
  otlpSink,
  type Page,
  printLines,
  type Settings,
  type Step,
} from './index.ts'

type Given = Partial<Settings>

/** The same script is built twice: `crum.otlp.js` sends log records to an OpenTelemetry Collector in place of beacons. */
declare const __OTLP__: boolean

/** The page's: a property of the window, or, where it was declared with `const` or `let`, none of it. */
declare const CRUM: unknown

/** What in `window.CRUM` is that sink's; the script comes from somewhere else than its endpoint. */
const otlpSettings = { url: undefined, headers: undefined, resource: undefined, source: '' }

/** What stands in `window.CRUM`. */
type Crum = Omit<Collector, 'onReady'> & Pick<Given, 'onReady'> & { status(): unknown }

/** Where a page keeps what already runs in it; out of sight of its own scripts. */
const running = Symbol.for('crum')

/**
 * The drop-in script: takes its settings from `window.CRUM` and its endpoint from the script element with the id `CRUM`,
 * starts, and puts `CRUM` with settings and functions in their place, to stay there. Loaded a second time it starts
 * nothing. What only DevTools need is in `crum.debug.js`, which is looked for beside the script: with `?debug` in the address, and by
 * `CRUM.status()`. Without that file `?debug` prints a line for each step.
 */
const start = (page: Page & { CRUM?: unknown; [running]?: Crum }) => {
  const taken = takenPage(page)
  // as the console is before the client listens to it
  const writeError = warnIn(taken)
  const warn = (problem: unknown) => writeError('crum:', problem)
  const settings = declared()
  const given = settingsIn(settings)
  const source = scriptUrl(page)

  const tools = async (): Promise<Pick<typeof import('./index.ts'), 'consoleLog' | 'equip'>> => {
    const url = `${new URL('crum.debug.js', source)}`
    noteRequest(page, url)
    try {
      const found = await import(/* @vite-ignore */ url)
      if (found.equip) return found
      throw 'another script'
    } catch (error) {
      throw new Error(`crum: CRUM.status() is in crum.debug.js, which was looked for at ${url} (${error})`)
    }
  }
  const print = () => (step$: Observable<Step>) =>
    defer(tools).pipe(
      switchMap(({ consoleLog, equip }) => {
        equip(crum, page)
        return consoleLog(page)(step$)
      }),
      catchError(() => printLines(page)(step$)),
    )

  const known = page[running]
  if (known) {
    // a page that declares it with `var` may have put its settings there again
    page.CRUM = known
    return
  }
  // RxJS is bundled here, and ours alone: what a subscriber of ours throws must not reach the page
  config.onUnhandledError = warn
  const sink = __OTLP__ ? otlpSink(given as OtlpOptions) : beaconSink()
  const parts = { sources: batchedSources(), sinks: [sink], print, ...(__OTLP__ && otlpSettings) }
  const { onReady: call, ...collector } = collectUnchecked({ ...given, page: taken, source, ...parts })
  let ready = given.onReady
  const crum: Crum = {
    ...given,
    ...collector,
    status: async (): Promise<unknown> => (await tools()).equip(crum, page).status(),
    get onReady() {
      return ready
    },
    // a page may get to it late
    set onReady(later) {
      const isNew = later && later !== ready
      ready = later
      if (isNew) call(crum, later)
    },
  }
  page[running] = crum
  const replace = (later: unknown) => {
    if (later === crum) return
    const late = settingsIn(later)?.onReady
    if (late) crum.onReady = late
    warn('CRUM was set after the script had started: only its onReady is used')
  }
  // a page may have its own on Object.prototype
  const place = { __proto__: null, configurable: true, enumerable: true, get: () => crum, set: replace }
  // what was declared with `var` can't be guarded
  if (!Reflect.defineProperty(page, 'CRUM', place)) page.CRUM = crum
  // what was declared with `const` stays where it is, and gets the functions
  if (declared() !== crum && Object.isExtensible(settings))
    Object.defineProperties(settings, Object.getOwnPropertyDescriptors(crum))
  if (ready) call(crum)
}

/** Nothing, where nothing has that name, or reading it throws. */
const declared = () => {
  try {
    return CRUM
  } catch {
    return undefined
  }
}

/**
 * A page without settings may have there what has that id or name: its script element, with `CRUM.onReady` on it, several
 * elements, or a frame. It may also have something that throws when it is read. A value that is no object is a setting that
 * nobody knows, and is reported as such.
 */
const settingsIn = (CRUM: unknown): Given => {
  try {
    if (/Element|Collection|Window/.test(Object.prototype.toString.call(CRUM)))
      return { onReady: (CRUM as Given).onReady }
    if (typeof CRUM !== 'object') return { ...(CRUM && { CRUM }) } as Given
    return Object.fromEntries(Object.keys(CRUM ?? {}).map((name) => [name, read(CRUM as object, name)]))
  } catch (CRUM) {
    return { CRUM } as Given
  }
}

/** A setting; in its place the error of one that throws, which is usable for none. */
const read = (settings: object, name: string): unknown => {
  try {
    return settings[name as never]
  } catch (error) {
    return error
  }
}

// what fails here does not reach the page: the build puts a `try` round all of the script
start(window)
