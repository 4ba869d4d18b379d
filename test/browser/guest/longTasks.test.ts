import type { CDPSession } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import { guestPage } from './guestPage.ts'
import { doAll } from './load.ts'

const settings = { samplingRate: 1000, entriesRate: 500, ignoreResources: 'no' }
const much = { lines: 5000, events: 2000, resources: 1000, routes: 100 }

interface TraceEvent {
  name: string
  /** Processor time of the thread, microseconds: what other processes do on the machine does not count. */
  tdur?: number
  args?: { data?: { url?: string; functionName?: string; lineNumber?: number; columnNumber?: number } }
}

/** All that Chromium traces of the page's work while something is done. */
async function traced(cdp: CDPSession, act: () => Promise<unknown>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  await cdp.send('Tracing.start', { traceConfig: { includedCategories: ['devtools.timeline'] } })
  await act()
  const complete = new Promise<unknown>((resolve) => cdp.once('Tracing.tracingComplete', resolve))
  await cdp.send('Tracing.end')
  await complete
  return events
}

test('has no task of more than 50 ms on a processor of a quarter of the speed', { timeout: 240_000 }, async ({
  site,
  tab,
  browser,
}) => {
  const at = await site({
    ...guestPage({ settings }),
    '/data.json': { body: '{}', headers: { 'content-type': 'application/json', 'cache-control': 'max-age=1000' } },
  })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  const cdp = await visitor.context().newCDPSession(visitor)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const events = await traced(await browser.browser.newBrowserCDPSession(), async () => {
    await visitor.evaluate(doAll, much)
    await visitor.waitForTimeout(3000)
  })
  const calls = events
    .filter(({ name, args }) => name === 'FunctionCall' && args?.data?.url?.endsWith('/rum'))
    .map(({ tdur = 0, args }) => ({ ms: tdur / 1000, at: `${args?.data?.lineNumber}:${args?.data?.columnNumber}` }))
    .sort((one, other) => other.ms - one.ms)
  expect(calls.length).toBeGreaterThan(100)
  console.log(`${calls.length} calls of the client; the longest: ${JSON.stringify(calls.slice(0, 12))}`)
  expect(calls.filter(({ ms }) => ms > 50)).toEqual([])
})
