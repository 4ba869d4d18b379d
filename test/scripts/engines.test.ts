import { expect, test } from 'vitest'
import { type EngineMachine, findEngines, installEngines } from '../../scripts/engines.ts'

const webKit = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'
const all = ['/usr/bin/chromium', '/usr/bin/chromedriver', '/usr/bin/firefox-esr', '/usr/bin/WebKitWebDriver', webKit]

/** A machine of nothing but the given files; it notes what was run, and apt brings what it is asked for. */
function machine({ files, root = true, env = {} }: { files: string[]; root?: boolean; env?: Record<string, string> }) {
  const ran: string[] = []
  const there = [...files, '/usr/bin/apt-get']
  const fake: EngineMachine = {
    platform: 'linux',
    env: { PATH: '/usr/bin', ...env },
    root,
    exists: (path) => there.includes(path),
    list: () => ['x86_64-linux-gnu', 'firefox-esr'],
    run: (command) => {
      ran.push(command.join(' '))
      if (command.includes('firefox-esr')) there.push('/usr/bin/firefox-esr')
      return true
    },
  }
  return { fake, ran }
}

test('finds all engines with what drives them', () => {
  expect(findEngines(machine({ files: [...all, '/usr/bin/Xvfb'] }).fake)).toEqual([
    { name: 'chromium', browser: '/usr/bin/chromium', driver: '/usr/bin/chromedriver' },
    { name: 'firefox', browser: '/usr/bin/firefox-esr', driver: '' },
    { name: 'webkit', browser: webKit, driver: '/usr/bin/WebKitWebDriver' },
  ])
})

test.for([
  ['chromium', '/usr/bin/chromedriver'],
  ['firefox', '/usr/bin/firefox-esr'],
  ['webkit', '/usr/bin/WebKitWebDriver'],
  ['webkit', '/usr/bin/Xvfb'],
  ['webkit', webKit],
] as const)('leaves %s out where %s is missing', ([engine, part]) => {
  const { fake } = machine({ files: [...all, '/usr/bin/Xvfb'].filter((file) => file !== part) })
  expect(findEngines(fake).map(({ name }) => name)).toEqual(
    ['chromium', 'firefox', 'webkit'].filter((name) => name !== engine),
  )
})

test('takes what the variables name before all else', () => {
  const { fake } = machine({ files: [...all, '/my/firefox'], env: { CRUM_FIREFOX: '/my/firefox' } })
  expect(findEngines(fake)).toContainEqual({ name: 'firefox', browser: '/my/firefox', driver: '' })
})

test('installs what is missing, and says what is missing still', () => {
  const { fake, ran } = machine({ files: ['/usr/bin/chromium', '/usr/bin/chromedriver'] })
  expect(installEngines(fake)).toEqual(['webkit'])
  expect(ran).toEqual([
    'apt-get update',
    'apt-get install -y --no-install-recommends firefox-esr webkit2gtk-driver xvfb',
  ])
})

test.for([
  ['nothing is missing', { files: [...all, '/usr/bin/Xvfb'] }],
  ['nobody may', { files: [], root: false }],
] as const)('installs nothing where %s', ([, options]) => {
  const { fake, ran } = machine({ ...options, files: [...options.files] })
  installEngines(fake)
  expect(ran).toEqual([])
})
