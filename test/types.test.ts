import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'

const root = new URL('../', import.meta.url).pathname

test('what must compile does, and what must not does not', { timeout: 120_000 }, async () => {
  const complaints = await new Promise((resolve) =>
    execFile('npx', ['tsc', '-p', 'test/types', '--pretty', 'false'], { cwd: root }, (_, said) => resolve(said)),
  )

  expect(complaints).toBe('')
})
