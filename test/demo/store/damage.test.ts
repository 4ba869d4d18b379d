import { readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Reader } from '../../../demo/store/reader.ts'
import { Store } from '../../../demo/store/store.ts'
import { stored } from '../inspector/stored.ts'
import { schema, temporaryFolder } from '../startReceiver.ts'
import { storedIn } from '../storedIn.ts'

async function open() {
  const file = join(await temporaryFolder(), 'crum.db')
  const lines: string[] = []
  const store = new Store(file, { log: (line) => lines.push(line) })
  const reader = new Reader({ file, schema })
  onTestFinished(async () => {
    await reader.close()
    store.close()
  })
  const ids = (of = file) => storedIn(of).map(({ payload }) => payload.beacon.id)
  const append = (key: string) => store.append(stored({ key }))
  return { file, lines, store, append, ids, totals: () => reader.ask('totals', undefined) }
}

describe('what is acknowledged is there', { timeout: 60_000 }, () => {
  it('when the file is deleted while it is open: it is said, and another one begun', async () => {
    const { file, lines, append, ids, totals } = await open()
    await append('a')
    const { run } = await totals()
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
    expect(await append('b')).toBe('stored')
    expect(ids()).toEqual(['b-0'])
    expect(lines).toEqual([`${file} was taken away by something else; another one is begun`])
    expect(await totals()).toMatchObject({ beacons: 1, run: expect.not.stringContaining(run) })
  })

  it('when the file is renamed: what it had is in it', async () => {
    const { file, append, ids } = await open()
    await append('a')
    renameSync(file, `${file}.1`)
    await append('b')
    await append('c')
    expect([ids(`${file}.1`), ids()]).toEqual([['a-0'], ['b-0', 'c-0']])
  })

  it('when the file is emptied: it is set aside', async () => {
    const { file, lines, append, ids } = await open()
    for (let n = 0; n < 50; n++) await append(`a${n}`)
    truncateSync(file, 0)
    await append('b')
    await append('c')
    expect(ids()).toEqual(['b-0', 'c-0'])
    expect(lines).toEqual([
      expect.stringMatching(/was cut off by something else; it is now .*\.damaged-\d+, and another/),
    ])
    expect(
      readdirSync(dirname(file)).filter((name) => name.startsWith(`${basename(file)}.damaged-`)).length,
    ).toBeGreaterThan(0)
  })

  it('when the log beside the file is deleted', async () => {
    const { file, append, ids } = await open()
    await append('a')
    rmSync(`${file}-wal`)
    await append('b')
    await append('c')
    expect(ids()).toEqual(['a-0', 'b-0', 'c-0'])
  })

  it('when the file is overwritten with something else', async () => {
    const { file, append, ids, store } = await open()
    await append('a')
    store.settle(0)
    writeFileSync(file, Buffer.alloc(1 << 20, 'x'))
    await append('b')
    expect(ids()).toContain('b-0')
  })
})

describe('a file that is no store', () => {
  it.each([
    [
      'of lines',
      '{"receivedAt":1}\n',
      /is no store. A file of beacons, one a line, is taken with: npm start -- --import/,
    ],
    ['too short to tell', 'x', /is no store/],
  ])('is left alone: one %s', async (_, content, reason) => {
    const file = join(await temporaryFolder(), 'other')
    writeFileSync(file, content)
    expect(() => new Store(file)).toThrow(reason)
  })

  it('is left alone: a database of another program, and a store of a later version', async () => {
    const file = join(await temporaryFolder(), 'other.db')
    const other = new Database(file)
    other.exec('CREATE TABLE t (a)')
    expect(() => new Store(file)).toThrow(`${file} is a database of another program`)
    other.exec('DROP TABLE t')
    other.exec('PRAGMA application_id = 1668445549')
    other.exec('PRAGMA user_version = 99')
    other.close()
    expect(() => new Store(file)).toThrow('was written by a later version: its schema is 99')
  })
})
