import { expect, test } from 'vitest'
import { findBrowser, findOrInstallBrowser, type Machine, NoBrowser } from '../../scripts/browser.ts'

interface Fake extends Partial<Machine> {
  /** Files that are there; an install may add some. */
  files?: string[]
  /** What running a command does; well by default. */
  when?: (command: string, files: string[]) => boolean
}

/** A machine of nothing but the given files; it notes what was run. */
function machine({ files = [], when = () => true, ...rest }: Fake) {
  const ran: string[] = []
  const fake: Machine = {
    platform: 'linux',
    env: { PATH: '/usr/bin:/opt/bin' },
    root: false,
    exists: (path) => files.includes(path),
    playwrightPath: () => '/playwright/chrome',
    run: ([name = '', ...args]) => {
      const command = [name.replace(process.execPath, 'node'), ...args]
        .join(' ')
        .replace(/node \S+cli\.js/, 'playwright')
      ran.push(command)
      return when(command, files)
    },
    ...rest,
  }
  return { fake, ran }
}

test('takes the browser that CRUM_BROWSER names, before any other, and does not try it', () => {
  const { fake, ran } = machine({ env: { CRUM_BROWSER: '/my/chrome' }, files: ['/my/chrome', '/usr/bin/chromium'] })
  expect(findBrowser(fake)).toBe('/my/chrome')
  expect(ran).toEqual([])
})

test('takes CHROME_PATH where CRUM_BROWSER is empty', () => {
  const { fake } = machine({ env: { CRUM_BROWSER: '', CHROME_PATH: '/my/chrome' }, files: ['/my/chrome'] })
  expect(findBrowser(fake)).toBe('/my/chrome')
})

test('refuses a named browser that is not there: variable, value, expectation; and installs nothing', () => {
  const { fake, ran } = machine({ env: { CRUM_BROWSER: '/gone' }, files: ['/usr/bin/chromium'] })
  expect(() => findOrInstallBrowser(fake)).toThrow(/CRUM_BROWSER is \/gone.*Expected: the path of a Chrome/)
  expect(ran).toEqual([])
})

test('finds a browser on the PATH', () => {
  const { fake } = machine({ files: ['/opt/bin/google-chrome'] })
  expect(findBrowser(fake)).toBe('/opt/bin/google-chrome')
})

test('passes over one that does not run', () => {
  const { fake } = machine({
    files: ['/usr/bin/chromium-browser', '/playwright/chrome'],
    when: (command) => !command.startsWith('/usr/bin/chromium-browser'),
  })
  expect(findBrowser(fake)).toBe('/playwright/chrome')
})

test.for([
  ['darwin', { HOME: '/Users/me' }, '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium'],
  ['win32', { 'ProgramFiles(x86)': 'C:\\PF' }, 'C:\\PF\\Microsoft\\Edge\\Application\\msedge.exe'],
] as const)('knows the usual places of %s', ([platform, env, path]) => {
  expect(findBrowser(machine({ platform, env, files: [path] }).fake)).toBe(path)
})

test('installs by Playwright where none is', () => {
  const { fake, ran } = machine({
    when: (command, files) => Boolean(files.push('/playwright/chrome')) && command !== '',
  })
  expect(findOrInstallBrowser(fake)).toBe('/playwright/chrome')
  expect(ran).toEqual(['playwright install chromium', '/playwright/chrome --version'])
})

test('installs by apt where the download fails, as root on Debian', () => {
  const { fake, ran } = machine({
    root: true,
    files: ['/usr/bin/apt-get'],
    when: (command, files) => {
      if (command === 'apt-get install -y chromium') files.push('/usr/bin/chromium')
      return !command.startsWith('playwright')
    },
  })
  expect(findOrInstallBrowser(fake)).toBe('/usr/bin/chromium')
  expect(ran.slice(0, 3)).toEqual(['playwright install chromium', 'apt-get update', 'apt-get install -y chromium'])
})

test('adds the libraries that a downloaded browser lacks', () => {
  let complete = false
  const { fake } = machine({
    root: true,
    files: ['/usr/bin/apt-get', '/playwright/chrome'],
    when: (command) => {
      complete ||= command === 'playwright install-deps chromium'
      return complete || command.startsWith('playwright')
    },
  })
  expect(findOrInstallBrowser(fake)).toBe('/playwright/chrome')
})

test('says what to do where nothing works, and leaves apt to root', () => {
  const { fake, ran } = machine({ files: ['/usr/bin/apt-get'], when: () => false })
  expect(() => findOrInstallBrowser(fake)).toThrow(NoBrowser)
  expect(() => findBrowser(fake)).toThrow(/apt-get install -y chromium \(as root\)[\s\S]+CRUM_BROWSER=/)
  expect(ran).toEqual(['playwright install chromium'])
})
