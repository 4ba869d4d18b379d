import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findBrowser } from '../../scripts/browser.ts'
import { switches } from '../../test/browser/harness/launch.ts'
import { disabledFeatures } from '../chromium/switches.ts'
import type { Measurement, Sample, Visit } from '../run/measurement.ts'

/** What Lighthouse says of the page with a client. */
export const lighthouse: Measurement = {
  name: 'lighthouse',
  about: 'The shop page in Lighthouse, as on a slow phone: points of 100, and ms as it simulates them.',
  scenes: { audit },
  rounds: 5,
  peers: ['elastic'],
  columns: [
    { key: 'score', title: 'score', digits: 0 },
    { key: 'lost', value: 'missing', against: 'difference', title: 'points less than the page alone', digits: 0 },
    { key: 'blockingTime', title: 'total blocking time, ms', digits: 0 },
    { key: 'blocking', value: 'blockingTime', against: 'difference', title: 'more than the page alone, ms', digits: 0 },
    { key: 'workTime', title: 'main-thread work, ms', digits: 0 },
    { key: 'work', value: 'workTime', against: 'difference', title: 'more than the page alone, ms', digits: 0 },
  ],
}

const cli = join(import.meta.dirname, '../node_modules/lighthouse/cli/index.js')

async function audit({ site }: Visit): Promise<Sample> {
  const args = [cli, `${site.origin}/shop`, '--quiet', '--output=json', '--only-categories=performance']
  const flags = `--chrome-flags=${[...switches, disabledFeatures].join(' ')}`
  const { stdout } = await promisify(execFile)(process.execPath, [...args, flags], {
    env: { ...process.env, CHROME_PATH: findBrowser() },
    maxBuffer: 1 << 28,
  })
  const { categories, audits, runtimeError }: Result = JSON.parse(stdout)
  if (runtimeError) throw new Error(`Lighthouse: ${runtimeError.message}`)
  const points = Math.round(categories.performance.score * 100)
  return {
    score: points,
    missing: 100 - points,
    blockingTime: audits['total-blocking-time'].numericValue,
    workTime: audits['mainthread-work-breakdown'].numericValue,
  }
}

/** The parts of Lighthouse's report that are read here. */
interface Result {
  runtimeError?: { message: string }
  categories: { performance: { score: number } }
  audits: Record<'total-blocking-time' | 'mainthread-work-breakdown', { numericValue: number }>
}
