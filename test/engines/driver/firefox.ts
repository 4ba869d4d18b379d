import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Launch } from './launch.ts'
import { marionette } from './marionette.ts'

/** What a first start would do beside the tests: pages of its own, look-ups, updates. */
const quiet = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.startup.page': 0,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.security.https_first': false,
  'extensions.update.enabled': false,
  'marionette.port': 0,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.reportingpolicy.firstRun': false,
}

/** Firefox, by the Marionette that is in it. */
export const firefox: Launch = async ({ processes, browser, profile, proxy }) => {
  const folder = profile ?? (await processes.folder())
  const [host, proxyPort] = proxy.split(':')
  const own = {
    ...quiet,
    'network.proxy.type': 1,
    'network.proxy.http': host,
    'network.proxy.http_port': Number(proxyPort),
    'network.proxy.ssl': host,
    'network.proxy.ssl_port': Number(proxyPort),
  }
  // of a killed one
  await rm(join(folder, 'MarionetteActivePort'), { force: true })
  const lines = Object.entries(own).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`)
  await writeFile(join(folder, 'user.js'), lines.join('\n'))
  const args = ['--marionette', '--no-remote', '--headless', '--profile', folder]
  const child = processes.start(browser, args, undefined, { HOME: folder })
  let port = Number.NaN
  for (const end = performance.now() + 60_000; Number.isNaN(port); await wait(50)) {
    if (child.exitCode !== null || performance.now() > end)
      throw new Error(`${browser} was expected to open Marionette`)
    port = Number.parseInt(await readFile(join(folder, 'MarionetteActivePort'), 'utf8').catch(() => ''), 10)
  }
  return {
    executor: await marionette(port),
    capabilities: { browserName: 'firefox', acceptInsecureCerts: true },
    label: 'Firefox',
    opens: 'tab',
    can: { touch: true, pen: false, restart: true },
  }
}
