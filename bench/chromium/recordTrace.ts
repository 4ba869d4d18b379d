import type { TraceEvent } from '../trace/traceEvent.ts'
import type { Browser } from './browser.ts'

/** Starts a trace of the whole browser; the returned function ends it and resolves with its events. */
export async function recordTrace(browser: Browser, categories: string[]): Promise<() => Promise<TraceEvent[]>> {
  const events: TraceEvent[] = []
  const unlisten = browser.listen(({ method, params }) => {
    if (method === 'Tracing.dataCollected') for (const event of params.value as TraceEvent[]) events.push(event)
  })
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      excludedCategories: ['*'],
      includedCategories: categories,
    },
  })
  return async () => {
    const complete = browser.next('Tracing.tracingComplete')
    await browser.send('Tracing.end')
    await complete
    unlisten()
    return events
  }
}
