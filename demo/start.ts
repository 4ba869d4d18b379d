import { relative } from 'node:path'
import { isLoopback } from './guard/hosts.ts'
import { newToken } from './guard/token.ts'
import { listen } from './listen.ts'
import { openDemo } from './openDemo.ts'
import { painter, takesColour } from './paint.ts'
import { root } from './places.ts'
import { printBeacon, printRefusal } from './printBeacon.ts'
import { type StartOptions, startOptions, usage } from './startOptions.ts'
import type { Queue } from './store/queueing.ts'
import type { Store } from './store/store.ts'
import { exportBeacons, importBeacons } from './store/transfer.ts'
import { Tally } from './tally.ts'

const colour = takesColour(process.stdout, process.env)
const paint = painter(colour)

try {
  const options = startOptions(process.argv.slice(2), process.env, root)
  if (options.export !== undefined) await exportBeacons(options, options.export)
  else if (options.import !== undefined) console.log(await importBeacons(options, options.import))
  else await start(options)
} catch (error) {
  // whoever reads an export may stop reading
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit()
  console.error(`${(error as Error).message}\n`)
  console.error(`Usage: ${usage}`)
  process.exit(1)
}

/** Starts the demo, says where it is, and stops it at Ctrl-C. */
async function start(options: StartOptions): Promise<void> {
  const log = (line: string) => console.log(`${paint('dim', clock())}  ${line}`)
  const tally = new Tally()
  const token = options.token ?? newToken()
  const { store, app } = await openDemo({
    ...options,
    access: { token, hosts: options.hosts },
    log,
    taken: (beacon, outcome) => {
      tally.taken(beacon, outcome)
      if (options.verbose) console.log(printBeacon(beacon, outcome, colour))
    },
    refused: (status, reason) => {
      tally.refused(status)
      if (options.verbose) console.log(printRefusal(status, reason, colour))
    },
    forwarded: (what) => tally.forwarded(what),
  })
  const origin = await listen(app, options.port, options.host)
  const minute = setInterval(() => {
    const { used, queue } = store
    for (const line of [tally.line(used), options.otlp && queue && tally.forwardLine(queue)]) if (line) log(line)
  }, 60_000)

  let isStopping = false
  const stop = () => {
    // npm passes on the signal that the terminal has sent already
    if (isStopping) return
    isStopping = true
    clearInterval(minute)
    void app.close()
    // what is in flight has five seconds to end
    setTimeout(() => app.server.closeAllConnections(), 5000).unref()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  console.log(greeting(origin, options, token, store))
  // the inspector is built when it is first asked for: now, before somebody waits; a failure shows to who asks next
  if (!isStopping) await app.inject({ url: '/inspector', headers: { host: 'localhost' } }).catch(() => {})
}

function queueLine({ waiting, refused, deleted }: Queue, otlp: StartOptions['otlp']): string {
  const counts = `${waiting} beacons wait, ${refused} refused, ${deleted} deleted unsent so far`
  return `${otlp?.url ?? 'none now (--otlp URL)'}   ${counts}`
}

function clock(): string {
  return new Date().toLocaleTimeString('en-GB')
}

function greeting(origin: string, options: StartOptions, token: string, { count, queue }: Store): string {
  const { host, hosts, store, otlp, verbose } = options
  const isOpen = hosts.length > 0 || !isLoopback(host)
  const lines = [
    '',
    `  ${paint('bold', 'Open')}       ${paint('cyan', `${origin}/`)}   a shop to click in, and what it reports, side by side`,
    '',
    `  ${paint('bold', 'Shop')}       ${paint('cyan', `${origin}/shop/`)}`,
    `  ${paint('bold', 'Lab')}        ${paint('cyan', `${origin}/shop/lab`)}   every button says what it provokes`,
    `  ${paint('bold', 'Inspector')}  ${paint('cyan', `${origin}/inspector`)}`,
    `  ${paint('bold', 'Script')}     ${paint('cyan', `${origin}/rum`)}   and beacons are posted there`,
    `  ${paint('bold', 'Beacons')}    ${relative('', store)}   ${count} stored so far`,
    ...(queue ? [`  ${paint('bold', 'Collector')}  ${queueLine(queue, otlp)}`] : []),
    ...(isOpen
      ? [
          '',
          '  Beacons are taken from other machines too. What is stored is shown on this one; on others, and through a proxy, with',
          `  ${paint('yellow', `/inspector?token=${token}`)}`,
        ]
      : []),
    '',
    paint(
      'dim',
      `  Ctrl-C stops it. ${verbose ? 'One line for each beacon:' : 'A line a minute if something came; --verbose: one for each beacon'}`,
    ),
    '',
  ]
  return lines.join('\n')
}
