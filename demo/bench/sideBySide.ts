import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { toLogs } from '../../src/otlp.ts'
import { Otelcol } from '../../test/collector/otelcol.ts'
import { Store } from '../store/store.ts'
import { DemoProcess } from './process.ts'
import { send } from './sender.ts'
import { threeKilobytes } from './threeKilobytes.ts'

type Row = [what: string, value: string]

const runs = 5
const connections = 32
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const number = (value: number) => Math.round(value).toLocaleString('en')

/**
 * The receiver that sends on, and the Collector alone, which writes into a file: the same beacons, over as many connections.
 * The Collector's are log records already. It is built with Go if it is not in the cache.
 */
export async function sideBySide(folder: string, perRun: number): Promise<Row[]> {
  const otelcol = await Otelcol.start()
  try {
    return [...(await collectorAlone(otelcol, perRun)), ...(await sendingOn(otelcol, folder, perRun))]
  } finally {
    await otelcol.dispose()
  }
}

async function collectorAlone({ url }: Otelcol, perRun: number): Promise<Row[]> {
  const beacons = threeKilobytes(Date.now())
  const logs = (some: number) =>
    Array.from({ length: some }, () => JSON.stringify(toLogs([beacons.next().value.payload])))
  const to = { path: '/v1/logs', type: 'application/json', status: '200' }
  const port = Number(new URL(url).port)
  const rates: number[] = []
  for (let run = -1; run < runs; run++) {
    const bodies = logs(run < 0 ? perRun / 4 : perRun)
    const { rate, refused } = await send(port, bodies.values(), connections, Infinity, to)
    if (refused) throw new Error(`The Collector refused ${refused} requests`)
    if (run >= 0) rates.push(rate)
  }
  return [[`the Collector alone: beacons a second as log records, ${connections} connections`, number(median(rates))]]
}

async function sendingOn({ url }: Otelcol, folder: string, perRun: number): Promise<Row[]> {
  const file = join(folder, 'forwarding.db')
  const demo = await DemoProcess.start(file, ['--otlp', url])
  const beacons = threeKilobytes(Date.now())
  const store = new Store(file)
  const rates: { taken: number; sent: number }[] = []
  try {
    for (let run = 0; run < runs; run++) {
      const bodies = Array.from({ length: perRun }, () => beacons.next().value.text)
      const start = performance.now()
      const { rate } = await send(demo.port, bodies.values(), connections)
      while (store.queue?.waiting) await wait(20)
      rates.push({ taken: rate, sent: (perRun * 1000) / (performance.now() - start) })
    }
    if (store.queue?.refused) throw new Error(`The Collector refused ${store.queue.refused} beacons`)
    return [
      ['the receiver with --otlp: beacons a second, taken', number(median(rates.map(({ taken }) => taken)))],
      ['and sent on', number(median(rates.map(({ sent }) => sent)))],
    ]
  } finally {
    store.close()
    await demo.stop()
  }
}
