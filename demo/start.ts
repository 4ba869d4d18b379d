import { createServer } from 'node:http'
import { join, relative } from 'node:path'
import type { BeaconStore } from './beaconStore.ts'
import { listen } from './listen.ts'
import { openDemo } from './openDemo.ts'
import { painter, takesColour } from './paint.ts'
import { startOptions, usage } from './startOptions.ts'

const root = join(import.meta.dirname, '..')
const colour = takesColour(process.stdout, process.env)
const paint = painter(colour)

try {
  await start()
} catch (error) {
  console.error(`${(error as Error).message}\n`)
  console.error(`Usage: ${usage}`)
  process.exit(1)
}

/** Starts the demo, says where it is, and stops it at Ctrl-C. */
async function start(): Promise<void> {
  const options = startOptions(process.argv.slice(2), process.env, root)
  const { store, listener } = await openDemo({ ...options, colour, log: console.log })
  const server = createServer(listener)
  const origin = await listen(server, options.port, options.host)

  const stop = () => {
    // npm passes on the signal that the terminal has sent already
    if (!server.listening) return
    server.close(() => store.close())
    // what is under way has a second to finish
    setTimeout(() => server.closeAllConnections(), 1000).unref()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  console.log(greeting(origin, store))
  // the inspector is built when it is first asked for: now, before somebody waits; a failure shows to who asks next
  await fetch(`${origin}/inspector`).catch(() => {})
}

function greeting(origin: string, store: BeaconStore): string {
  const lines = [
    '',
    `  ${paint('bold', 'Open')}       ${paint('cyan', `${origin}/`)}   a shop to click in, and what it reports, side by side`,
    '',
    `  ${paint('bold', 'Shop')}       ${paint('cyan', `${origin}/shop/`)}`,
    `  ${paint('bold', 'Lab')}        ${paint('cyan', `${origin}/shop/lab`)}   every button says what it provokes`,
    `  ${paint('bold', 'Inspector')}  ${paint('cyan', `${origin}/inspector`)}`,
    `  ${paint('bold', 'Script')}     ${paint('cyan', `${origin}/rum`)}   and beacons are posted there`,
    `  ${paint('bold', 'Beacons')}    ${relative('', store.file)}   ${store.count} stored so far`,
    ...warnings(store).map((line) => `             ${paint('yellow', line)}`),
    '',
    paint('dim', '  Ctrl-C stops it. One line for each beacon:'),
    '',
  ]
  return lines.join('\n')
}

function warnings({ file, torn, unreadable }: BeaconStore): string[] {
  return [
    ...(torn ? [`The last line was torn; its ${torn} bytes were moved to ${relative('', file)}.torn`] : []),
    ...(unreadable ? [`${unreadable} lines are no beacons; they were left as they are`] : []),
  ]
}
