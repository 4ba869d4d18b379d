/**
 * `npm test`: type check, lint, build, size budget, a browser, then every test, some of them in every browser engine that is
 * there. `npm run test:engines` is the same with all engines demanded, and installs those that are missing if it may.
 * `npm run test:all` also runs the slow tests, with other people's bundlers, frameworks and servers. Whatever fails, the rest
 * still runs, and the last line counts all of it: test cases, and each step as one more. Other arguments go to vitest.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOrInstallBrowser, NoBrowser } from './browser.ts'
import { hasGo } from './collector.ts'
import { advice, findEngines, installEngines } from './engines.ts'
import { allOf, engineLines, type Outcome, readReport } from './report.ts'

const passed: string[] = []
const failed: string[] = []

const given = process.argv.slice(2)
const isAll = given[0] === '--all'
const areEnginesDemanded = isAll || given[0] === '--engines'
const args = areEnginesDemanded ? given.slice(1) : given

await step('type check', () => npm('typecheck'))
await step('lint', () => npm('lint'))
const built = await step('build', () => npm('build'))
await step('size', () => built && npm('size'))
const browser = await step('browser', chooseBrowser)
await step('engines', chooseEngines)
const tests = allOf([await runTests(), ...(isAll ? await runSlowTests() : [])])

heading('Result')
for (const name of passed) console.log(`passed   ${name}`)
for (const line of engineLines(tests)) console.log(`engine   ${line}`)
for (const name of tests.skipped) console.log(`skipped  ${name}`)
for (const name of tests.retried) console.log(`retried  ${name}`)
for (const name of [...failed, ...tests.failed]) console.log(`FAILED   ${name}`)
const failures = failed.length + tests.failed.length
process.exitCode = failures > 0 ? 1 : 0
console.log(`\n${passed.length + tests.passed} passed, ${failures} failed`)

async function step(name: string, run: () => boolean | Promise<boolean>): Promise<boolean> {
  heading(name)
  const good = await run()
  ;(good ? passed : failed).push(name)
  return good
}

/** Leaves the choice in `CRUM_BROWSER`, where the tests look for it. */
function chooseBrowser(): boolean {
  try {
    process.env.CRUM_BROWSER = findOrInstallBrowser()
    console.log(process.env.CRUM_BROWSER)
    return true
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error
    console.error(error.message)
    return false
  }
}

/** Says which engines there are; whether that is enough. */
function chooseEngines(): boolean {
  const missing = areEnginesDemanded ? installEngines() : []
  for (const { name, browser } of findEngines()) console.log(`${name}: ${browser}`)
  for (const name of missing) console.error(advice(name))
  return missing.length === 0
}

/** Without a script or a browser, only the tests that need neither are run: the failure is counted already. */
function runTests(): Promise<Outcome> {
  heading('tests')
  const projects = !built ? ['unit'] : browser ? [] : ['unit', 'engines *']
  return vitest(...projects.map((name) => `--project=${name}`), ...args)
}

/** The Collector is built with Go: without it, its tests are named among those that were skipped. */
async function runSlowTests(): Promise<Outcome[]> {
  heading('ecosystem')
  const ecosystem = await vitest('--config', 'vitest.ecosystem.config.ts')
  heading('OpenTelemetry Collector')
  if (!hasGo()) return [ecosystem, { ...allOf([]), skipped: ['test/collector, for want of Go'] }]
  // minutes of its own when it is built for the first time, in which no test is heard of
  await step('collector', () => run('npx', ['tsx', 'scripts/collector.ts']))
  return [ecosystem, await vitest('--config', 'vitest.otlp.config.ts')]
}

async function vitest(...args: string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'crum-report-'))
  const report = join(folder, 'vitest.json')
  const reporters = ['--reporter=default', '--reporter=./scripts/watchdog.ts', '--reporter=json']
  try {
    const good = await run('npx', ['vitest', 'run', ...reporters, `--outputFile.json=${report}`, ...args])
    return readReport(report, good)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function npm(script: string): Promise<boolean> {
  return run('npm', ['run', '--silent', script])
}

function run(command: string, args: string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const isWindows = process.platform === 'win32'
    // a group of its own, so that a worker that never gives its thread back ends with it
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: isWindows,
      detached: !isWindows,
    })
    const end = (signal: NodeJS.Signals) => {
      try {
        if (child.pid && !isWindows) process.kill(-child.pid, signal)
      } catch {
        // nothing of the group is left
      }
    }
    const interrupt = (signal: NodeJS.Signals) => {
      end(signal)
      process.exit(1)
    }
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
    child.on('error', (error) => {
      console.error(`${command} ${args.join(' ')}: ${error.message}`)
      resolve(false)
    })
    child.on('exit', (code) => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
      end('SIGKILL')
      resolve(code === 0)
    })
  })
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`)
}
