import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { collectorBinary } from '../../scripts/collector.ts'
import { allSnippets } from '../docs/snippets.ts'

test('the Collector takes the configuration of docs/otlp.md', { timeout: 900_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crum-config-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'collector.yaml')
  const validate = async (yaml: string) => {
    await writeFile(file, yaml)
    await promisify(execFile)(collectorBinary(), ['validate', '--config', file])
  }
  const { code = '' } = allSnippets('otlp.md').find(({ code }) => code.startsWith('# collector.yaml')) ?? {}

  await validate(code)
  await expect(validate(code.replace('encoding:', 'coding:'))).rejects.toThrow(/coding/)
})
