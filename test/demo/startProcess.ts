import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { code, schema, temporaryFolder } from './startReceiver.ts'

const root = join(import.meta.dirname, '..', '..')

/** A folder with what a build leaves, and a place for the store. */
export async function built() {
  const folder = await temporaryFolder()
  const dist = join(folder, 'dist')
  await mkdir(dist)
  await writeFile(join(dist, 'crum.js'), code)
  await writeFile(join(dist, 'payload.schema.json'), JSON.stringify(schema))
  return { folder, dist, store: join(folder, 'crum.db') }
}

/** The demo in a process of its own. */
export function start(args: string[], env: NodeJS.ProcessEnv = {}) {
  const demo = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts', ...args], {
    cwd: root,
    env: { ...process.env, PORT: '', ...env },
  })
  onTestFinished(() => void demo.kill('SIGKILL'))
  let output = ''
  let errors = ''
  demo.stdout.on('data', (text) => {
    output += text
  })
  demo.stderr.on('data', (text) => {
    errors += text
  })
  const ended = once(demo, 'close').then(([exitCode]) => exitCode as number | null)

  return {
    ended,
    errors: () => errors,
    stop: (signal: NodeJS.Signals) => demo.kill(signal),
    /** Resolves once the output has it; fails if the program ends without. */
    says: async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const found = pattern.exec(output)
        if (found) return found
        const over = await Promise.race([once(demo.stdout, 'data'), ended.then((exitCode) => ({ exitCode }))])
        if ('exitCode' in over && !pattern.test(output))
          throw new Error(`Ended without ${pattern}:\n${output}${errors}`)
      }
    },
  }
}
