/**
 * `npm run bench`: measures what crum costs a page beside other clients, in Chromium, and holds it against its bounds.
 * README.md beside this file tells how, and what the figures mean.
 */
import { join, relative } from 'node:path'
import { findBrowser } from '../scripts/browser.ts'
import { launch } from './chromium/browser.ts'
import { commands } from './commands.ts'
import { type Options, readOptions } from './options.ts'
import { report, verdictsOf } from './report/report.ts'
import { save } from './report/save.ts'
import { resultsOf } from './run/results.ts'
import { playRounds } from './run/rounds.ts'
import { install } from './subjects/install.ts'
import { loadSubjects, readBuilds } from './subjects/loadSubjects.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.crum', 'bench')
const args = process.argv.slice(2)

try {
  const missed = await bench(readOptions(args, join(root, 'dist', 'crum.js')))
  process.exitCode = missed ? 1 : 0
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

/** Measures what is asked for; says whether a bound was missed that is to be held. */
async function bench({ commands: names, builds, peers, settings, rounds, strict }: Options): Promise<boolean> {
  const ours = readBuilds(builds)
  // found once, not at each start
  process.env.CRUM_BROWSER = findBrowser()
  install()
  const subjects = await loadSubjects(ours, peers)
  const browser = await version()
  let misses = 0
  for (const measurement of names.map((name) => commands[name])) {
    const { rounds: usual = 7, peers: only } = measurement
    const taking = subjects.filter(({ name, kind }) => kind !== 'peer' || !only || only.includes(name))
    const times = rounds ?? usual
    const samples = await playRounds(measurement, taking, { rounds: times, settings, log: console.error })
    const results = resultsOf(measurement, times, taking, samples)
    const verdicts = verdictsOf(results)
    const text = report(results, verdicts, browser)
    console.log(`\n${text}\n`)
    save(folder, results, text, verdicts, { browser, args })
    misses += verdicts.filter(({ verdict }) => verdict === 'MISSED').length
  }
  console.log(`All samples are in ${relative('', folder)}. Bounds missed: ${misses}.`)
  return strict && misses > 0
}

async function version(): Promise<string> {
  const browser = await launch()
  await browser.close()
  return browser.version
}
