import type { Collector } from '../../src/index.ts'
import { expect, test } from './engineTest.ts'
import { eventsOf } from './payloads.ts'
import { unique } from './receiver.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

const parent = '<!doctype html><title>parent</title><iframe src="/frame" width="300" height="200"></iframe>'
const frame = page({ settings: { samplingRate: 60_000, entriesRate: 60_000 } })

/** Runs in the parent. */
const inFrame = (name: string) => {
  const { CRUM: own } = (document.querySelector('iframe') as HTMLIFrameElement).contentWindow as unknown as {
    CRUM?: Collector
  }
  if (!own?.addEvent) return false
  own.addEvent(name)
  return true
}

test.for([
  ['is taken out of its page', () => document.querySelector('iframe')?.remove()],
  ['goes to another page', () => document.querySelector('iframe')?.setAttribute('src', '/elsewhere')],
  ['is written anew', () => document.querySelector('iframe')?.setAttribute('srcdoc', '<p>anew')],
  ['goes with its page', () => location.assign('/elsewhere')],
] as const)(
  'tells what a frame has told when it %s, at the latest on the next page',
  async ([, end], { site, tab }) => {
    const shop = await site({ '/': parent, '/frame': frame, '/elsewhere': '<title>elsewhere</title>', '/next': page() })
    const visitor = await tab(shop.url('/'))
    await visitor.until(inFrame, 'early')
    // what is told in one task is journaled together
    await visitor.run(() => new Promise((resolve) => setTimeout(resolve, 500)))
    await visitor.run(inFrame, 'last')
    await visitor.run(end)
    const names = () => eventsOf(unique(shop.beacons))
    await visitor.go(shop.url('/next'))
    await visitor.run(() => CRUM.addEvent('next'))
    await shop.until(() => names().includes('next') && names().includes('last'))
    expect(names().sort()).toEqual(['early', 'last', 'next'])
  },
)
