import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium } from 'playwright'
import { findBrowser } from '../../../scripts/browser.ts'

export interface Launched {
  /** The browser's own profile, in which pages behave as a visitor's do. Its first page stays blank, see `tabs.ts`. */
  context: BrowserContext
  browser: Browser
  close(): Promise<void>
}

export interface LaunchOptions {
  /** Host name → port on 127.0.0.1 that answers for it, whatever the URL's own port; certificates are not checked. */
  hosts?: Record<string, number>
  /** Further command line switches. */
  args?: string[]
}

/**
 * Starts a Chromium with a new profile. It is started by hand and connected to without Playwright's defaults, because
 * these keep every page visible and focused, switch the bfcache off and never slow down a hidden tab.
 */
export async function launch({ hosts = {}, args = [] }: LaunchOptions = {}): Promise<Launched> {
  const profile = await mkdtemp(join(tmpdir(), 'crum-profile-'))
  const port = '--remote-debugging-port=0'
  const child = spawn(
    findBrowser(),
    [...switches, port, ...hostSwitches(hosts), `--user-data-dir=${profile}`, ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  try {
    const browser = await chromium.connectOverCDP(await devToolsUrl(child), { noDefaults: true })
    const [context] = browser.contexts()
    if (!context) throw new Error('Chromium was expected to have a default context, and has none')
    await context.newPage()
    return { browser, context, close: () => quit(child, profile, browser) }
  } catch (error) {
    await quit(child, profile)
    throw error
  }
}

/** As quiet as a test wants it, and nothing that changes how a page lives, hides, sleeps or dies. */
export const switches = [
  '--headless=new',
  // connecting while a first page is just being made hangs now and then
  '--no-startup-window',
  '--window-size=1280,800',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-search-engine-choice-screen',
  // a plain http:// page of a made-up host stays http://
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,MediaRouter',
  '--no-first-run',
  '--no-default-browser-check',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
  // the only pages are ours; containers often have neither user namespaces nor room in /dev/shm
  ...(process.platform === 'linux' ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
]

function hostSwitches(hosts: Record<string, number>): string[] {
  const rules = Object.entries(hosts).map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`)
  return rules.length ? [`--host-resolver-rules=${rules.join(', ')}`, '--ignore-certificate-errors'] : []
}

/** Chromium says on stderr where its DevTools listen; what else it says there is shown when it ends without that. */
function devToolsUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) =>
      reject(new Error(`${child.spawnfile} was expected to open DevTools, but ${why}:\n${said}`))
    const timer = setTimeout(fail, 30_000, 'has not within 30 s')
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`))
    child.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-4000)
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (!url) return
      clearTimeout(timer)
      resolve(url)
    })
  })
}

async function quit(child: ChildProcess, profile: string, browser?: Browser): Promise<void> {
  const ended = child.exitCode ?? child.signalCode ?? null
  const end = ended === null && child.pid ? new Promise((resolve) => child.once('exit', resolve)) : undefined
  const cdp = await browser?.newBrowserCDPSession().catch(() => undefined)
  if (cdp) cdp.send('Browser.close').catch(() => {})
  else child.kill()
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await end
  clearTimeout(timer)
  await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
