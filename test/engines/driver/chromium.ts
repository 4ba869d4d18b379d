import { switches } from '../../browser/harness/launch.ts'
import type { Launch } from './launch.ts'

/** Chromium, by its own chromedriver. */
export const chromium: Launch = async ({ processes, browser, driver, profile, proxy }) => {
  const port = await processes.startUntil(driver, ['--port=0'], /started successfully on port (\d+)/)
  // chromedriver wants a window to begin with
  const args = switches.filter((arg) => arg !== '--no-startup-window')
  const folder = `--user-data-dir=${profile ?? (await processes.folder())}`
  return {
    label: 'Chromium',
    opens: 'tab',
    can: { touch: true, pen: true, restart: true },
    executor: `http://127.0.0.1:${port}`,
    capabilities: {
      browserName: 'chrome',
      'goog:chromeOptions': { binary: browser, args: [...args, folder] },
      proxy: { proxyType: 'manual', httpProxy: proxy, sslProxy: proxy },
      acceptInsecureCerts: true,
    },
  }
}
