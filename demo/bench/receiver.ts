/**
 * `npm run bench:receiver [-- BEACONS [RUN] [--collector]]`, after a build, on Linux: what the receiver takes in (five runs of 20,000
 * beacons unless told), what that costs, and what a large store (1,000,000 beacons unless told; 0: none) means to its start,
 * its memory and the inspector. With `--collector`, what the OpenTelemetry Collector takes in beside it, and what the receiver
 * sends on to it. Medians of several runs.
 */
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stored } from '../../test/demo/inspector/stored.ts'
import { Store } from '../store/store.ts'
import { lookAt } from './look.ts'
import { DemoProcess } from './process.ts'
import { send } from './sender.ts'
import { sideBySide } from './sideBySide.ts'
import { threeKilobytes } from './threeKilobytes.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { collector: { type: 'boolean' } } })
const [count = 1_000_000, perRun = 20_000] = positionals.map(Number)
const folder = await mkdtemp(join(tmpdir(), 'crum-bench-'))
const file = join(folder, 'crum.db')
const median = (values: number[], share = 0.5) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
const report = (what: string, value: string) => console.log(`| ${what} | ${value} |`)
const ms = (value: number) => `${Math.round(value)} ms`

try {
  console.log(`${new Date().toISOString()}, load ${loadavg().map((load) => load.toFixed(1))}\n\n| | |\n|---|---|`)
  await intake()
  if (values.collector) for (const [what, value] of await sideBySide(folder, perRun)) report(what, value)
  if (count) {
    await fill()
    await large()
  }
} finally {
  await rm(folder, { recursive: true })
}

/** Beacons over 32 connections, five times, after some for the engine to warm up. */
async function intake(): Promise<void> {
  const demo = await DemoProcess.start(join(folder, 'intake.db'))
  const beacons = threeKilobytes(Date.now())
  const take = (some: number) => Array.from({ length: some }, () => beacons.next().value.text)
  await send(demo.port, take(perRun / 4).values(), 32)
  const runs: Record<'rate' | 'cpu' | 'p50' | 'p99', number>[] = []
  for (let run = 0; run < 5; run++) {
    const bodies = take(perRun)
    const before = demo.cpu
    const { rate, latencies, refused } = await send(demo.port, bodies.values(), 32)
    if (refused) throw new Error(`${refused} beacons were refused`)
    runs.push({ rate, cpu: (demo.cpu - before) / bodies.length, p99: median(latencies, 0.99), p50: median(latencies) })
  }
  const of = (name: 'rate' | 'cpu' | 'p50' | 'p99') => median(runs.map((run) => run[name]))
  report('beacons a second, 32 connections', Math.round(of('rate')).toLocaleString('en'))
  report('CPU for each', `${Math.round(of('cpu'))} µs`)
  report('answered within, half of them; 99 %', `${of('p50').toFixed(1)} ms; ${of('p99').toFixed(1)} ms`)
  report(
    `memory after ${(perRun * 5.25).toLocaleString('en')}; at most`,
    `${demo.memory.now} MiB; ${demo.memory.most} MiB`,
  )
  await demo.stop()
}

async function fill(): Promise<void> {
  const store = new Store(file, { maxSize: 2 ** 40, maxAge: Number.MAX_SAFE_INTEGER })
  const beacons = threeKilobytes(Date.now() - 86_400_000)
  const start = performance.now()
  for (let left = count; left > 0; left -= 1000) {
    const some = Array.from({ length: Math.min(1000, left) }, () => beacons.next().value)
    await Promise.all(some.map((beacon) => store.append(beacon)))
  }
  // one view of many beacons, the newest
  const one = (seq: number) =>
    stored({ session: 'large', key: 'large', page: '/large', seq, at: Date.now(), view: large3k(seq) })
  for (let n = 0; n < 1000; n++) await store.append(one(n))
  store.settle(Date.now())
  store.close()
  report(`${count.toLocaleString('en')} beacons stored in`, `${Math.round((performance.now() - start) / 1000)} s`)
  report('the file', `${((await stat(file)).size / 1e9).toFixed(2)} GB`)
}

function large3k(seq: number) {
  const time = 1000 + seq * 100
  return {
    fps: [{ timeStamp: time, fps: 60 - (seq % 20) }],
    longTasks: [{ name: 'self', startTime: time, duration: 60 }],
    events: [{ timeStamp: time, tick: { text: 'x'.repeat(1800) } }],
  }
}

async function large(): Promise<void> {
  const starts: number[] = []
  for (let run = 0; run < 3; run++) {
    const demo = await DemoProcess.start(file)
    starts.push(demo.startedIn)
    await demo.stop()
  }
  report('from the start of the process to its first answer', ms(median(starts)))
  const demo = await DemoProcess.start(file)
  for (const [what, value] of await lookAt(demo)) report(what, value)
  report('memory after all that; at most', `${demo.memory.now} MiB; ${demo.memory.most} MiB`)
  await demo.stop()
}
