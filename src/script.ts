import { config, identity } from 'rxjs'
import type { Collector } from './collector.ts'
import { collect } from './index.ts'
import { debugging } from './page/debugging.ts'
import type { Page } from './page/page.ts'
import { tryOr } from './page/tryOr.ts'
import type { Settings } from './settings.ts'

type Given = Partial<Settings & Collector>

/** Where a page keeps what already runs in it; out of sight of its own scripts. */
const running = Symbol.for('crum')

/**
 * The drop-in script: takes its settings from `window.CRUM`, its endpoint from the script element with the id `CRUM`,
 * starts, and puts `CRUM` with settings and functions in their place. Loaded a second time it starts nothing. What only
 * DevTools need is fetched from `crum.debug.js` beside it: with `?debug` in the address, or by `CRUM.status()`.
 */
const start = (page: Page & { CRUM?: unknown; [running]?: Collector }) => {
  const { CRUM, console, document } = page
  const complain = (console.error ?? identity).bind(console, 'crum:')
  const given = settingsIn(CRUM, page)
  const script = document.getElementById('CRUM') ?? document.currentScript
  const source = (script as HTMLScriptElement | null)?.src?.split(/[?#]/)[0]
  const isFirst = !page[running]
  // RxJS is bundled here, and ours alone: what a subscriber of ours throws is not to reach the page
  if (isFirst) config.onUnhandledError = complain
  page[running] ??= collect({ ...given, page, source })
  const collector = page[running]

  const tools = async () =>
    (await import(/* @vite-ignore */ `${new URL('crum.debug.js', source)}`)).equip(collector, page)

  const crum = { ...given, ...collector, status: () => tools().then(({ status }) => status(), complain) }
  page.CRUM = crum
  if (!isFirst) return
  crum.onReady(crum)
  if (debugging(page)) tools().catch(complain)
}

/**
 * A page without settings may have its script element there, by its id, or something that throws when it is read. What is
 * no object is a setting that nobody knows, and is told as such.
 */
const settingsIn = (CRUM: unknown, { Element }: Page): Given | undefined =>
  tryOr(() => (CRUM instanceof Element ? {} : { ...((typeof CRUM === 'object' ? CRUM : CRUM && { CRUM }) as Given) }))

try {
  start(window)
} catch (error) {
  console.error?.('crum:', error)
}
