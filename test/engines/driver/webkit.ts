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
    // WebKitWebDriver takes an `sslProxy` for one that is to be spoken to by TLS
    http_proxy: `http://${proxy}`,
    https_proxy: `http://${proxy}`,
    no_proxy: '127.0.0.1',
  })
  return {
    label: 'WebKitGTK',
    opens: 'window',
    // under automation it keeps no profile
    can: { touch: false, pen: true, restart: false },
    executor: `http://127.0.0.1:${port}`,
    capabilities: {
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
      acceptInsecureCerts: true,
    },
  }
}
