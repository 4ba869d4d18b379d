import type { Payload, View } from '../../../src/payload/payload.ts'
import type { Arrival } from '../harness/inbox.ts'
import type { Site } from '../harness/site.ts'

/** All that one view has told: its lists joined, everything else as last told. */
export interface Told {
  session: Payload['session']
  view: Required<View>
  attributes: Payload['attributes']
  audits: NonNullable<Payload['audits']>
  metrics: NonNullable<Payload['metrics']>
  /** What it was put together from, in the order of `seq`. */
  payloads: Payload[]
}

/** What the view that began last has told. */
export function told(beacons: Arrival[]): Told {
  const all = beacons.map(({ payload }) => payload).filter((payload) => payload?.beacon)
  const latest = Math.max(...all.map(({ view }) => view.startTime))
  const payloads = all
    .filter(({ view }) => view.startTime === latest)
    .sort((one, other) => one.beacon.seq - other.beacon.seq)
  const sum = { session: {}, view: nothing(), attributes: {}, audits: {}, metrics: {} }
  for (const payload of payloads) add(sum, payload as unknown as Section)
  return { ...(sum as unknown as Told), payloads }
}

/** Waits until what was told passes the check; in vain, the check itself says what is wrong. */
export async function untilTold(shop: Site, check: (told: Told) => void, patience = 20_000): Promise<Told> {
  const passes = (beacons: Arrival[]) => {
    try {
      check(told(beacons))
      return true
    } catch {
      return false
    }
  }
  await shop.until(passes, patience).catch(() => check(told(shop.beacons)))
  return told(shop.beacons)
}

type Section = Record<string, unknown>

const lists = 'longTasks resources marks events fps longAnimationFrames console errors actions'.split(' ')

const nothing = (): Section => Object.fromEntries(lists.map((list) => [list, []]))

function add(sum: Section, more: Section): void {
  for (const [name, value] of Object.entries(more)) {
    if (Array.isArray(value) && Array.isArray(sum[name]) && name !== 'labels') sum[name].push(...value)
    else if (isSection(value) && isSection(sum[name])) add(sum[name], value)
    else sum[name] = structuredClone(value)
  }
}

const isSection = (value: unknown): value is Section =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
