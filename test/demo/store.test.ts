import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BeaconStore, type StoredBeacon } from '../../demo/beaconStore.ts'
import { RecentIds } from '../../demo/recentIds.ts'
import { beacon, readStored, startReceiver, temporaryFolder } from './startReceiver.ts'

const stored = (id: string, more?: object): StoredBeacon => ({
  receivedAt: 1,
  bytes: 1,
  encoding: 'identity',
  payload: JSON.parse(beacon(id, more)),
})
const ids = async (file: string) => (await readStored(file)).map(({ payload }) => payload.beacon.id)

describe('the store', () => {
  it('makes its folder', async () => {
    const file = join(await temporaryFolder(), 'a', 'b', 'beacons.ndjson')
    await (await BeaconStore.open(file)).close()
    expect(await readFile(file, 'utf8')).toBe('')
  })

  it('keeps the lines of beacons that come together whole, and in order', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    const store = await BeaconStore.open(file)
    const names = Array.from({ length: 200 }, (_, n) => `b-${n}`)
    await Promise.all(names.map((id, n) => store.append(stored(id, { text: 'x'.repeat(n * 50) }))))
    await store.close()
    expect(await ids(file)).toEqual(names)
  })

  it('drops a beacon whose id it has, also when the two come together', async () => {
    const { post, stored, lines } = await startReceiver()
    const answers = await Promise.all([post(beacon('twin')), post(beacon('twin')), post(beacon('other'))])
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
    expect((await stored()).map(({ payload }) => payload.beacon.id).sort()).toEqual(['other', 'twin'])
    expect(lines.filter((line) => line.includes('known already'))).toHaveLength(1)
  })

  it('keeps what it has over a restart, and knows its ids', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    const before = await BeaconStore.open(file)
    await before.append(stored('old', { text: 'a\u2028b' }))
    await before.close()

    const after = await BeaconStore.open(file)
    expect(after.count).toBe(1)
    expect(after.unreadable).toBe(0)
    expect(await after.append(stored('old'))).toBe('duplicate')
    expect(await after.append(stored('new'))).toBe('stored')
    await after.close()
    expect(await ids(file)).toEqual(['old', 'new'])
  })

  it('tells of a beacon that is in the file twice as of a duplicate', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    const day = ['a', 'b'].map((id) => `${JSON.stringify(stored(id))}\n`).join('')
    await writeFile(file, day + day)
    const told: string[] = []
    const store = await BeaconStore.open(file, {
      stored: ({ payload }, { offset }) => told.push(`${payload.beacon.id} at ${offset}`),
      duplicate: ({ payload }) => told.push(`${payload.beacon.id} again`),
    })
    await store.close()
    expect(told).toEqual(['a at 0', `b at ${day.length / 2}`, 'a again', 'b again'])
    expect([store.count, store.unreadable]).toEqual([4, 0])
  })

  it('moves a torn last line aside, counts its bytes, and goes on after the whole ones', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    const torn = '{"receivedAt":1,"payload":{"view":{"id":"/ž'
    await writeFile(file, `${JSON.stringify(stored('whole'))}\n${torn}`)

    const store = await BeaconStore.open(file)
    expect(store.torn).toBe(Buffer.byteLength(torn))
    await store.append(stored('next'))
    await store.close()
    expect(await ids(file)).toEqual(['whole', 'next'])
    expect(await readFile(`${file}.torn`, 'utf8')).toBe(`${torn}\n`)
  })

  it('ends a last line that lacks its end only', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    await writeFile(file, JSON.stringify(stored('whole')))
    const store = await BeaconStore.open(file)
    expect(store.torn).toBe(0)
    await store.append(stored('next'))
    await store.close()
    expect(await ids(file)).toEqual(['whole', 'next'])
  })

  it('finds the start of a torn line that is longer than a block', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    await writeFile(file, `${JSON.stringify(stored('whole'))}\n{"text":"${'x'.repeat(300_000)}`)
    const store = await BeaconStore.open(file)
    await store.close()
    expect(await ids(file)).toEqual(['whole'])
  })

  it('leaves lines that are no beacons where they are, and counts them', async () => {
    const file = join(await temporaryFolder(), 'beacons.ndjson')
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, 'what is this?\n{"payload":{}}\n')
    await appendFile(file, `${JSON.stringify(stored('whole'))}\n`)
    const store = await BeaconStore.open(file)
    await store.close()
    expect([store.count, store.unreadable]).toEqual([3, 2])
    expect(await readFile(file, 'utf8')).toMatch(/^what is this\?\n/)
  })
})

describe('the remembered ids', () => {
  it('forget the oldest beyond their bound', () => {
    const recent = new RecentIds(2)
    for (const id of ['a', 'b', 'b', 'c']) recent.add(id)
    expect(['a', 'b', 'c'].map((id) => recent.has(id))).toEqual([false, true, true])
  })
})
