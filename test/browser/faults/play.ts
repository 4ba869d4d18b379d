import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../harness/bareTab.ts'
import { type Device, device } from '../harness/device.ts'
import { type Site, site } from '../harness/site.ts'
import type { Counts, Scenario, Visitor } from './scenario.ts'
import { numbersIn, Tally } from './tally.ts'
import { laterPage, tellingPage } from './tellingPage.ts'

/** What came of a scenario, all repetitions together. */
export interface Outcome {
  repetitions: number
  /** Numbers that count as told. */
  told: number
  /** Of these, how many had arrived before any further visit. */
  atOnce: number
  /** How many had arrived when the next visit was over, or without one where none was needed. */
  eventually: number
  /** Numbers that came under more than one beacon id, with these. */
  underTwoIds: Record<string, string[]>
  /** Beacons that came again under their id, for the receiver to drop. */
  repeated: number
  /** What came late, and what never came, visitor by visitor. */
  late: string[]
  lost: string[]
}

/** Short samples, so that a repetition takes seconds. */
const rates = { samplingRate: 400, entriesRate: 200 }

/** Numbers that each page tells before anything happens to it: some have been sent by then, some are waiting. */
const enough = 10

/** The machine was too busy for its pages to tell enough: this says nothing about the client. */
class TooSlow extends Error {}

/** Plays a scenario, and again if it was too slow to count: three times at most. */
export async function playInTime(scenario: Scenario, repetitions: number, tries = 3): Promise<Outcome> {
  try {
    return await play(scenario, repetitions)
  } catch (error) {
    if (tries > 1 && error instanceof TooSlow) return playInTime(scenario, repetitions, tries - 1)
    throw error
  }
}

/** Lets a scenario happen to some visitors at once, each of an origin of its own, and counts what arrives. */
async function play(scenario: Scenario, repetitions: number): Promise<Outcome> {
  const { settings, tells = 'events' } = scenario
  const all = { ...rates, ...settings }
  const at = await site({
    '/': tellingPage(all, tells, scenario.counts),
    '/later': laterPage(all),
    '/away': '<title>away</title>away',
  })
  const devices = await Promise.all(Array.from({ length: scenario.devices ?? 1 }, device))
  try {
    const visitors = await Promise.all(
      Array.from({ length: repetitions }, (_, i) => enter(scenario, devices[i % devices.length] as Device, at, i)),
    )
    return await happen(scenario, at, devices, visitors)
  } finally {
    await Promise.all(devices.map((device) => device.dispose()))
    await at.close()
  }
}

async function enter({ tabs = 1, apart, before }: Scenario, device: Device, at: Site, i: number): Promise<Visitor> {
  // pages of one site share a process, as the tabs of one visitor may
  const site = apart ? `site${i}` : `site${i % 4}`
  const origin = `http://visitor${i}.${site}.localhost:${at.port}`
  const open = async () => {
    const tab = await device.open(`${origin}/away`)
    await before?.(tab, origin)
    await tab.go(`${origin}/`)
    return tab
  }
  return { origin, device, tabs: await Promise.all(Array.from({ length: tabs }, open)) }
}

async function happen(scenario: Scenario, at: Site, devices: Device[], visitors: Visitor[]): Promise<Outcome> {
  const everyTab = visitors.flatMap(({ tabs }) => tabs)
  const hasBegun = (tab: Tab) =>
    (['written', scenario.counts] as const).every((counts) => toldBy(tab, counts, Infinity).length >= enough)
  await until(() => everyTab.every(hasBegun), 60_000)
  let struck = Infinity
  const strike = () => {
    struck = performance.now()
  }
  await scenario.happens({ site: at, devices, visitors, strike })
  const told = visitors.map(({ tabs }) => tabs.flatMap((tab) => toldBy(tab, scenario.counts, struck)))
  const owed = told.flat()
  const tally = new Tally()
  const has = (number: string) => tally.count(at.beacons).arrived.has(number)
  if (owed.length < enough * everyTab.length)
    throw new TooSlow(`the pages told ${owed.length} numbers, which is too few to count`)
  const isThere = () => owed.every(has)

  // what is not guaranteed at once gets a fair chance to come
  await until(isThere, scenario.guarantee === 'at once' ? 45_000 : 1000)
  const missing = () => told.map((numbers) => numbers.filter((number) => !has(number)))
  const late = missing()
  const atOnce = owed.length - late.flat().length
  if (scenario.guarantee === 'next visit' || atOnce < owed.length) {
    for (const device of devices) device.restart()
    await Promise.all(visitors.map(visitAgain))
    await until(isThere, 15_000)
  }
  // a beacon too many would come now
  await wait(500)
  const { underTwoIds, repeated } = tally.count(at.beacons)
  const lost = missing()
  const explain = (number: string) => {
    const id = tally.dropped.get(number)
    return id ? `${number} (came with ${id}, which an earlier beacon had)` : number
  }
  const withStory = (numbers: string[], i: number) =>
    numbers.length ? [`visitor ${i}: ${numbers.join(' ')}\n${story(at, visitors[i] as Visitor)}`] : []
  return {
    repetitions: visitors.length,
    told: owed.length,
    atOnce,
    eventually: owed.length - lost.flat().length,
    underTwoIds,
    repeated,
    late: late.flatMap(withStory),
    lost: lost.map((numbers) => numbers.map(explain)).flatMap(withStory),
  }
}

/** What a visitor's pages said, and what came of them, in order: by the test's own clock, ms. */
function story({ beacons }: Site, { origin, tabs }: Visitor): string {
  const said = tabs.flatMap(({ notes }) => notes)
  const came = beacons
    .filter(({ headers }) => headers.origin === origin)
    .map(({ payload: { beacon }, text, way, at }) => ({
      at,
      text: `came ${beacon.seq} ${beacon.reason} by ${way}: ${numbersIn(text).join(' ')}`,
    }))
  return [...said, ...came]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${at.toFixed(0)} ${text}`)
    .join('\n')
}

/** What counts of that which a tab has told. */
function toldBy({ notes }: Tab, counts: Counts, struck: number): string[] {
  const said = notes.filter(({ text, at }) => text.startsWith(counts) && at < struck)
  return said.map(({ text }) => text.slice(counts.length + 1))
}

/** The next visit: one tab, in a browser that may have been started again, and stays open. */
async function visitAgain({ device, origin }: Visitor): Promise<void> {
  await device.open(`${origin}/later`)
}

/** Waits for something to become true, and no longer than that. */
async function until(isTrue: () => boolean, patience: number): Promise<void> {
  for (const end = performance.now() + patience; !isTrue() && performance.now() < end; ) await wait(50)
}
