import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const bench = join(import.meta.dirname, '..')

/** Installs what only the benchmark needs, unless it is there already, as its lock file says. */
export function install(): void {
  const isThere = changed('node_modules/.package-lock.json') >= changed('package-lock.json')
  if (isThere) return
  console.error('Installing what crum is compared with into bench/node_modules: once, 200 MB.')
  // no package needs a script of its own to be installed
  const args = ['ci', '--ignore-scripts', '--prefix', bench]
  const { status } = spawnSync('npm', args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    // also where the benchmark itself was started with --silent
    env: { ...process.env, npm_config_loglevel: 'error' },
  })
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed, see above; the benchmark can't do without`)
}

/** When a file of the folder was changed; long ago if it is not there. */
function changed(file: string): number {
  return statSync(join(bench, file), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
