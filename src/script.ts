import { config } from 'rxjs'
import { type Collector, collect } from './index'
import type { Page } from './sources/page'
import type { Settings } from './sources/settings'

type Given = Partial<Settings & Collector> & { onReady?: (crum: Collector) => void }

/**
 * The drop-in script: takes its settings from `window.CRUM`, its endpoint from the script element with the id `CRUM`,
 * starts, and puts its functions beside the settings. Loaded a second time it does nothing.
 */
const start = (page: Page & { CRUM?: Given | Element }) => {
  // a page without settings may have its script element there, by the element's id
  const given = page.CRUM instanceof page.Element ? {} : ((page.CRUM as Given | undefined) ?? {})
  if (given.debug$) return
  // RxJS is bundled here, and ours alone: what a subscriber of ours throws is not to reach the page
  config.onUnhandledError = (error) => page.console.error('crum:', error)
  const { onReady, ...settings } = given
  const script = page.document.getElementById('CRUM') ?? page.document.currentScript
  const source = script instanceof page.HTMLScriptElement ? script.src.split(/[?#]/)[0] : ''
  const crum = Object.assign(given, collect({ ...settings, endpoint: settings.endpoint ?? source }))
  page.CRUM = crum
  onReady?.(crum)
}

start(window)
