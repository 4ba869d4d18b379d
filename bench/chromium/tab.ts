import type { Browser } from './browser.ts'

/** A visible tab. */
export interface Tab {
  browser: Browser
  /** Id of the main frame: a trace names the page by it. */
  frame: string
  send<T = Record<string, unknown>>(method: string, params?: object): Promise<T>
  /** Goes to the URL; resolves at the page's `load` event. */
  open(url: string): Promise<void>
  /** Runs an expression in the page; resolves with its value, awaited. */
  evaluate<T = unknown>(expression: string): Promise<T>
  /** Puts another tab in front; resolves when the page knows that it is hidden. */
  hide(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a tab with a profile of its own, as a private window has it. Only the domains Page and Performance are enabled in
 * it: Runtime, Log and Network make the browser report every console line, error and request, and that would be measured
 * as well.
 */
export async function openTab(browser: Browser): Promise<Tab> {
  const context = await browser.send('Target.createBrowserContext')
  const blank = { url: 'about:blank', ...context }
  const { targetId } = await browser.send<{ targetId: string }>('Target.createTarget', blank)
  const attach = { targetId, flatten: true }
  const { sessionId } = await browser.send<{ sessionId: string }>('Target.attachToTarget', attach)

  const tab: Tab = {
    browser,
    frame: targetId,
    send: (method, params) => browser.send(method, params, sessionId),
    open: async (url) => {
      const loaded = browser.next('Page.loadEventFired', sessionId)
      // what fails is told below
      loaded.catch(() => {})
      const { errorText } = await tab.send<{ errorText?: string }>('Page.navigate', { url })
      if (errorText) throw new Error(`${url}: ${errorText}`)
      await loaded
      if (await tab.evaluate('document.hidden')) throw new Error(`${url} was expected to be visible, and is hidden`)
    },
    evaluate: async (expression) => {
      const options = { expression, awaitPromise: true, returnByValue: true }
      const { result, exceptionDetails: thrown } = await tab.send<Evaluation>('Runtime.evaluate', options)
      if (thrown) throw new Error(`${expression}: ${thrown.exception?.description ?? thrown.text}`)
      return result.value as never
    },
    hide: async () => {
      const hidden = tab.evaluate(whenHidden)
      await browser.send('Target.createTarget', blank)
      await hidden
    },
    close: async () => {
      await browser.send('Target.disposeBrowserContext', context)
    },
  }
  await tab.send('Page.enable')
  await tab.send('Performance.enable', { timeDomain: 'threadTicks' })
  return tab
}

const whenHidden = `new Promise((resolve) => {
  if (document.hidden) resolve()
  addEventListener('visibilitychange', () => resolve())
})`

interface Evaluation {
  result: { value: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}
