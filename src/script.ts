import { config } from 'rxjs'
import { type Collector, collect } from './index'
import type { Page } from './sources/page'
import type { Settings } from './sources/settings'

type Given = Partial<Settings & Collector> & { onReady?: (crum: Collector) => void }

/**
 * The drop-in script: takes its settings from `window.CRUM`, its endpoint from the script element with the id `CRUM`,
 * starts, and puts `CRUM` with settings and functions in their place. Loaded a second time it does nothing.
 */
const start = (page: Page & { CRUM?: unknown }) => {
  const { CRUM, console, document } = page
  // a page without settings may have its script element there, by the element's id
  const given: Given = CRUM instanceof page.Element ? {} : (CRUM as Given)
  if (given?.debug$) return
  // RxJS is bundled here, and ours alone: what a subscriber of ours throws is not to reach the page
  config.onUnhandledError = (error) => console.error('crum:', error)
  const script = document.getElementById('CRUM') ?? document.currentScript
  const endpoint = (script as HTMLScriptElement | null)?.src?.split(/[?#]/)[0]
  const crum = { ...given, ...collect({ endpoint, ...given } as Settings) }
  page.CRUM = crum
  given?.onReady?.(crum)
}

try {
  start(window)
} catch (error) {
  console.error('crum:', error)
}
