import type { Payload } from '../src/payload/payload.ts'
import { listsIn } from './listsIn.ts'
import { painter } from './paint.ts'
import { plain } from './plain.ts'
import type { Outcome, StoredBeacon } from './store/storedBeacon.ts'

/** One line for one beacon: when, whose, where, why, how large, and what is inside. */
export function printBeacon(beacon: StoredBeacon, outcome: Outcome, colour: boolean): string {
  const paint = painter(colour)
  const { session, view, beacon: label } = beacon.payload
  const columns = [
    paint('dim', clock(beacon.receivedAt)),
    plain(session.id.slice(0, 8), 8).padEnd(8),
    paint('cyan', plain(view.id, 40).padEnd(24)),
    paint('bold', `${label.reason} #${label.seq}`.padEnd(11)),
    paint('dim', size(beacon).padStart(12)),
    outcome === 'duplicate' ? paint('yellow', 'known already, dropped') : inside(beacon.payload),
  ]
  return columns.join('  ')
}

/** One line for what was not taken, and why. */
export function printRefusal(status: number, reason: string, colour: boolean): string {
  return `${painter(colour)('dim', clock(Date.now()))}  ${painter(colour)('red', `refused ${status}`)}  ${plain(reason, 200)}`
}

const vitals = ['ttfb', 'fp', 'fcp', 'lcp', 'cls', 'inp', 'fid'] as const

/** `lcp 812, cls 0.01, 3 longTasks, 12 resources`: the vitals, and every list with its length. */
function inside({ view, metrics, beacon }: Payload): string {
  const measured = vitals
    .filter((name) => metrics?.[name] !== undefined)
    .map((name) => `${name} ${Number(metrics?.[name]?.toFixed(name === 'cls' ? 4 : 0))}`)
  const navigation = metrics?.domComplete === undefined ? [] : ['navigation']
  const lists = listsIn(view).map((list) => plain(list, 40))
  const types = view.resourceTypes === undefined ? [] : ['resourceTypes']
  const dropped = Object.entries(beacon.dropped ?? {}).map(([cause, count]) => `${count} dropped: ${plain(cause, 30)}`)
  return [...measured, ...navigation, ...lists, ...types, ...dropped].join(', ') || 'nothing new'
}

function clock(time: number): string {
  return new Date(time).toLocaleTimeString('en-GB')
}

function size({ bytes, encoding }: StoredBeacon): string {
  const amount = bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`
  return encoding === 'identity' ? amount : `${amount} ${encoding}`
}
