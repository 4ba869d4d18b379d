import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../startReceiver.ts'
import { storedIn } from '../storedIn.ts'

const script = join(import.meta.dirname, 'appendForever.ts')

it('loses nothing that was acknowledged, and stores nothing twice, when it is killed 20 times', async () => {
  const file = join(await temporaryFolder(), 'crum.db')
  const acknowledged: string[] = []
  for (let run = 0; run < 20; run++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, file, `${run}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    const enough = 1 + Math.floor(Math.random() * 300)
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text
      if (said.split('\n').length > enough) child.kill('SIGKILL')
    })
    await once(child, 'close')
    acknowledged.push(...said.split('\n').slice(0, -1))
    const ids = storedIn(file).map(({ payload }) => payload.beacon.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([])
  }
  expect(acknowledged.length).toBeGreaterThan(20)
}, 300_000)
