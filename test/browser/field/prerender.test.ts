import { openAlone } from '../harness/alone.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

const rules = '<script type="speculationrules">{"prerender":[{"urls":["/next"],"eagerness":"immediate"}]}</script>'

/** What the origin keeps, as another page of it sees it: ids in the outbox, and the names in `localStorage`. */
const look = `<script>look = () => new Promise((resolve) => {
  const opening = indexedDB.open('CRUM')
  const done = (ids) => { opening.result?.close(); resolve({ ids, names: Object.keys(localStorage) }) }
  opening.onupgradeneeded = () => opening.transaction.abort()
  opening.onerror = () => done([])
  opening.onsuccess = () => { opening.result.transaction('beacons').objectStore('beacons').getAllKeys().onsuccess = ({ target }) => done(target.result) }
})</script>`

/** A page that tells of itself and of what fails in it; nothing that is left of it may be taken for a dead page's. */
const next = `<!doctype html><title>next</title><link rel="icon" href="data:,">
  ${loader('/rum', { samplingRate: 200 })}<h1>next</h1>
  <script>let n = 0; const tell = setInterval(() => self.CRUM?.addEvent?.('early', n++), 100)
  onload = () => setTimeout(() => { clearInterval(tell); fetch('/prerendered') }, 1000)
  document.onprerenderingchange = () => setTimeout(() => CRUM.addEvent('late', n), 1500)</script>`

/** The reader prerenders the next page, and lives on beside it until that has told a lot. */
const reader = (whenPrerendered: string) => `<!doctype html><title>reader</title><link rel="icon" href="data:,">${look}
  ${loader('/rum', { samplingRate: 1500, entriesRate: 60_000 })}<a href="/next">next</a>${rules}
  <script>fetch('/waits').then(() => setTimeout(async () => { ${whenPrerendered} }, 2000))</script>`

const paths = (whenPrerendered: string) => {
  let isPrerendered = () => {}
  const prerendered = new Promise<void>((resolve) => {
    isPrerendered = resolve
  })
  return {
    ...{ '/': reader(whenPrerendered), '/next': next },
    '/prerendered': (_request: unknown, response: { end(): void }) => {
      isPrerendered()
      response.end()
    },
    '/waits': (_request: unknown, response: { end(): void }) => void prerendered.then(() => response.end()),
  }
}

test('takes no prerendered page for a dead one, and loses none of its readings', async ({ site }) => {
  const at = await site(paths("document.querySelector('a').click()"))
  await openAlone(at.url('/'))
  const ofNext = () => at.beacons.map(({ payload }) => payload).filter(({ view }) => view.pathname === '/next')
  const events = () => ofNext().flatMap(({ view }) => view.events ?? [])
  const late = () => events().find((event) => 'late' in event)?.late
  await expect.poll(late, { timeout: 30_000 }).toBeGreaterThan(0)
  expect(ofNext().map(({ beacon }) => beacon.reason)).not.toContain('recovered')
  const early = events().flatMap((event) => ('early' in event ? [event.early] : []))
  expect(early).toEqual(Array.from({ length: late() as number }, (_, n) => n))
  const ids = ofNext().map(({ beacon }) => beacon.id)
  expect(ids).toEqual([...new Set(ids)])
  expect(Object.assign({}, ...ofNext().map(({ metrics }) => metrics))).toMatchObject({
    navigationType: 'prerender',
    fcp: expect.any(Number),
    ttfb: expect.any(Number),
  })
})

test('measures frames from the moment at which a prerendered page is shown', async ({ site }) => {
  const at = await site(paths("document.querySelector('a').click()"))
  await openAlone(at.url('/'))
  const ofNext = () => at.beacons.map(({ payload }) => payload.view).filter(({ pathname }) => pathname === '/next')
  await expect.poll(() => ofNext().flatMap(({ fps = [] }) => fps).length, { timeout: 30_000 }).toBeGreaterThan(0)
})

test.for(['lives', 'stops'])(
  'stores and sends nothing of a prerendered page that %s, and is never shown',
  async (how, { site }) => {
    const at = await site(paths("CRUM.addEvent('found', await look())"))
    if (how === 'stops') {
      at.routes['/next'] = next.replace('clearInterval(tell)', 'clearInterval(tell); CRUM.stop()')
    }
    await openAlone(at.url('/'))
    const all = () => at.beacons.map(({ payload }) => payload)
    const found = () =>
      all()
        .flatMap(({ view }) => view.events ?? [])
        .find((event) => 'found' in event)?.found
    await expect.poll(found, { timeout: 30_000 }).toBeTruthy()
    const { ids, names } = found() as unknown as { ids: string[]; names: string[] }
    const own = new Set(all().map(({ beacon }) => beacon.id.replace(/-\d+$/, '')))
    expect(own.size).toBe(1)
    expect(ids.filter((id) => !own.has(id.replace(/-\d+$/, '')))).toEqual([])
    expect(names).toEqual(['CRUM'])
    expect(all().map(({ view }) => view.pathname)).not.toContain('/next')
    expect(at.requests).toContain('GET /next')
  },
)
