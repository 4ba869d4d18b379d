import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import * as otlp from '../src/otlp'

test('crum/otlp gives the mapping, and nothing that needs RxJS or a browser', () => {
  expect(Object.keys(otlp)).toEqual(['toLogs'])
  const code = "import('crum/otlp').then(({ toLogs }) => console.log(JSON.stringify(toLogs([]))))"

  expect(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }).trim()).toBe('{"resourceLogs":[]}')
})
