import type { Launch } from './launch.ts'
import { freePort } from './processes.ts'

/** WebKitGTK's MiniBrowser on a display that nobody sees, by WebKitWebDriver. */
export const webkit: Launch = async ({ processes, driver, browser, proxy }) => {
  const args = ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp']
  const display = await processes.startUntil('Xvfb', args, /^(\d+)\n/m)
  const port = await freePort()
  const home = await processes.folder()
  processes.start(driver, [`--port=${port}`, '--host=127.0.0.1'], undefined, {
    DISPLAY: `:${display}`,
    HOME: home,
    XDG_RUNTIME_DIR: home,
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    GDK_BACKEND: 'x11',
  })
  return {
    label: 'WebKitGTK',
    opens: 'window',
    // under automation it keeps no profile
    can: { touch: false, pen: true, restart: false },
    executor: `http://127.0.0.1:${port}`,
    capabilities: {
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
      proxy: { proxyType: 'manual', httpProxy: proxy },
    },
  }
}
