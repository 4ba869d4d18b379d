import { switches } from '../../test/browser/harness/launch.ts'

/** Pages of the browser's own window, such as the list under its address bar: they would share the processor. */
const ownPages = [
  'InitialWebUI',
  'PreloadTopChromeWebUI',
  'WebUIOmniboxAimPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxPopup',
  'WebUIReloadButton',
]

const off = switches.filter((name) => name.startsWith('--disable-features=')).map((name) => name.split('=')[1])

/** What the browser tests switch off, and the browser's own pages. It comes last: only the last of its kind counts. */
export const disabledFeatures = `--disable-features=${[...off, ...ownPages]}`
