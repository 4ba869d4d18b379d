import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { appOf, frameworks } from './apps.ts'

const home = await frameworks()
/** The binary that npm's `deno` brings for this machine. */
const deno = join(home, 'node_modules', '@deno', `${process.platform}-${process.arch}-glibc`, 'deno')

test.skipIf(!existsSync(deno))('in Deno, without a permission, nothing happens and nothing throws', async () => {
  const code = `
    import { collect, equip } from 'crum'
    import { collect as collectIn } from 'crum/core'
    import { toLogs } from 'crum/otlp'
    const types = []
    const crums = [collect({ endpoint: '/rum' }), equip(collect()), collectIn({ sources: [], sinks: [] })]
    for (const crum of crums) {
      crum.debug$.subscribe(({ type }) => types.push(type))
      crum.addEvent('a', {})
      crum.stop()
    }
    console.log(types.join(' '), JSON.stringify(toLogs([])))
  `
  const { folder } = await appOf({ 'main.js': code })
  const args = ['run', '--no-prompt', '--no-remote', '--no-lock', '--node-modules-dir=manual', 'main.js']
  const { stdout, stderr } = await promisify(execFile)(deno, args, { cwd: folder })

  expect(stdout.trim()).toBe('unsupported stop unsupported stop unsupported stop {"resourceLogs":[]}')
  expect(stderr).toBe('')
})
