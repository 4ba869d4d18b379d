import type { Page } from 'playwright'
import { record } from './faults/record.ts'
import { expect, test } from './harness/browserTest.ts'
import { loader } from './harness/snippet.ts'

/** Times each page is left, more for the figures; client and no client by turns: a busy machine is busy for both. */
const times = process.env.CRUM_VISITORS ? 15 : 7

const ways = [
  ['The receiver answers', async () => {}],
  [
    'The receiver does not answer',
    async (receiver: Receiver) => {
      receiver.answer = () => 'hang'
    },
  ],
  ['The receiver refuses connections', (receiver: Receiver) => receiver.shut()],
] as const

type Receiver = Awaited<ReturnType<typeof import('./harness/site.ts').site>>

test.for(ways)(
  'leaving takes no longer with the client: %s',
  { timeout: 180_000 },
  async ([name, fail], { site, tab }) => {
    const receiver = await site({})
    const settings = { endpoint: receiver.url('/rum'), samplingRate: 100_000 }
    const [bare, measured] = [await site(pages('')), await site(pages(loader('/rum', settings)))]
    await fail(receiver)
    const visitor = await tab()
    const took: Record<'bare' | 'measured', number[]> = { bare: [], measured: [] }
    for (let i = 0; i < times; i++) {
      took.bare.push(await leave(visitor, bare.url('/')))
      took.measured.push(await leave(visitor, measured.url('/')))
    }
    const ratio = median(took.measured) / median(took.bare)
    record({}, { [name]: ratio })
    // what waits for a server takes many times as long
    expect(ratio, JSON.stringify(took)).toBeLessThan(2)
    if (name === 'The receiver answers') expect(receiver.beacons.length).toBeGreaterThanOrEqual(times)
  },
)

test('makes no synchronous request, whatever the receiver does', { timeout: 60_000 }, async ({ site, tab }) => {
  const receiver = await site({})
  receiver.answer = () => 'hang'
  const shop = await site(pages(loader('/rum', { endpoint: receiver.url('/rum'), samplingRate: 100_000 })))
  const visitor = await tab()
  await visitor.addInitScript(() => {
    const { open } = XMLHttpRequest.prototype
    XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...args: unknown[]) {
      localStorage.requests = `${localStorage.requests ?? ''} ${args[2] === false ? 'synchronous' : 'asynchronous'}`
      return open.apply(this, args as never)
    }
  })
  await leave(visitor, shop.url('/'))
  expect(await visitor.evaluate(() => localStorage.requests)).toBeUndefined()
  // the trap is set: a request of this kind is seen
  await visitor.evaluate(() => new XMLHttpRequest().open('GET', '/', false))
  expect(await visitor.evaluate(() => localStorage.requests)).toContain('synchronous')
})

/** A page that has something to send when it is left, and the page that it is left for. */
const pages = (snippet: string) => ({
  '/': `<!doctype html><title>page</title>${snippet}<a href="/next">next</a>`,
  '/next': '<!doctype html><title>next</title>',
})

/** Opens the page, gives it something to send, follows its link; resolves with the ms from the click to the next page. */
async function leave(visitor: Page, url: string): Promise<number> {
  await visitor.goto(url)
  await visitor.evaluate(async () => {
    const crum = () => (window as { CRUM?: { addEvent?(name: string, context: unknown): void } }).CRUM
    while (crum() && !crum()?.addEvent) await new Promise((resolve) => setTimeout(resolve, 5))
    for (let i = 0; i < 50; i++) crum()?.addEvent?.('waiting', { i })
    await new Promise((resolve) => setTimeout(resolve, 400))
    sessionStorage.clicked = performance.timeOrigin + performance.now()
  })
  const next = visitor.waitForURL('**/next')
  await visitor.evaluate(() => {
    sessionStorage.clicked = performance.timeOrigin + performance.now()
    document.querySelector('a')?.click()
  })
  await next
  return visitor.evaluate(() => {
    const [{ domContentLoadedEventEnd }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming]
    return performance.timeOrigin + domContentLoadedEventEnd - Number(sessionStorage.clicked)
  })
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
