import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemo } from '../../demo/openDemo.ts'
import { generateBeacons } from '../demo/generateBeacons.ts'
import { Otelcol } from './otelcol.ts'

const dist = new URL('../../dist/', import.meta.url).pathname
const patiently = { timeout: 90_000, interval: 250 }

let folder = ''
let otelcol: Otelcol
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crum-forward-'))
  otelcol = await Otelcol.start()
})
afterAll(async () => {
  await otelcol?.dispose()
  await rm(folder, { recursive: true, force: true })
})

test('the Collector gets every beacon that the receiver has taken, through a restart of either', async () => {
  const beacons = generateBeacons({ start: Date.now() })
  const sent: string[] = []
  const lines: string[] = []
  const open = () =>
    openDemo({
      ...{ store: join(folder, 'crum.db'), dist, log: (line) => void lines.push(line) },
      otlp: { url: otelcol.url, headers: {} },
    })
  const post = async ({ app }: Awaited<ReturnType<typeof open>>, count: number) => {
    for (let n = 0; n < count; n++) {
      const { payload } = beacons.next().value
      const { statusCode } = await app.inject({ method: 'POST', url: '/rum', payload, headers: { host: 'localhost' } })
      expect(statusCode).toBe(204)
      sent.push(payload.beacon.id)
    }
  }
  const written = async () => [
    ...new Set((await otelcol.written()).flatMap(({ attributes }) => attributes['crum.beacon.id'] ?? [])),
  ]

  const first = await open()
  await post(first, 300)
  await expect.poll(written, patiently).toEqual(sent)
  await otelcol.stop()
  await post(first, 150)
  await first.app.close()
  const second = await open()
  await post(second, 50)
  await otelcol.restart()
  await expect.poll(written, patiently).toEqual(sent)
  expect(second.store.queue).toMatchObject({ refused: 0, deleted: 0 })
  expect(lines.filter((line) => line.includes('refused') || line.includes('rejected'))).toEqual([])
  await second.app.close()
})
