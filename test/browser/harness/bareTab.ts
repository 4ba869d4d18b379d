import { setTimeout as wait } from 'node:timers/promises'
import type { DevTools, Notice } from './devTools.ts'

/** A tab, alone in its window, that is driven by the bare protocol. */
export interface Tab {
  /** What the page said through `note(text)`, in order, with the test's own clock. */
  notes: { text: string; at: number }[]
  send<T = Record<string, unknown>>(method: string, params?: object): Promise<T>
  /** Goes to the URL; resolves when the page has loaded. */
  go(url: string): Promise<void>
  /** Runs a function in the page, as if the visitor had just clicked; resolves with what it returns, awaited. */
  run<A extends unknown[], R>(script: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Resolves with the next notice of this tab that is it; rejects after a minute without. */
  next(isIt: (notice: Notice) => boolean): Promise<void>
  /** Resolves when the page's process has ended without the page. */
  crashed: Promise<void>
  close(): Promise<void>
}

/** Opens a tab at this URL, in a window of its own, so that its page is visible whatever else is open. */
export async function openTab(tools: DevTools, url: string): Promise<Tab> {
  const { targetId } = await tools.send<{ targetId: string }>('Target.createTarget', { url, newWindow: true })
  // a page that has arrived stays in its process, and so does what is asked of it
  for (let at = ''; !at.startsWith('http'); ) {
    const { targetInfo } = await tools.send<{ targetInfo: { url: string } }>('Target.getTargetInfo', { targetId })
    at = targetInfo.url
  }
  const { sessionId } = await tools.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
  const notes: Tab['notes'] = []
  const waiting = new Set<(notice: Notice) => void>()
  const tab: Tab = {
    notes,
    send: (method, params) => tools.send(method, params, sessionId),
    go: async (url) => {
      let hasArrived = false
      const loaded = tab.next(({ method, params: { frame } }) => {
        hasArrived ||= method === 'Page.frameNavigated' && (frame as { url: string }).url.startsWith(url)
        return hasArrived && method === 'Page.loadEventFired'
      })
      await tab.send('Page.navigate', { url })
      await loaded
    },
    run: async (script, ...args) => {
      const expression = `(${script})(...${JSON.stringify(args)})`
      const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true }
      const { result, exceptionDetails } = await tab.send<Evaluation>('Runtime.evaluate', options)
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value as never
    },
    next: (isIt) =>
      new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer)
          waiting.delete(hear)
          end()
        }
        const hear = (notice: Notice) => isIt(notice) && settle(resolve)
        const timer = setTimeout(() => settle(() => reject(new Error(`in vain, for ${isIt}`))), 60_000)
        waiting.add(hear)
      }),
    crashed: new Promise((resolve) => {
      tools.listen(({ method, sessionId: from }) => {
        if (from === sessionId && method === 'Inspector.targetCrashed') resolve()
      })
    }),
    close: async () => {
      await tools.send('Target.closeTarget', { targetId })
    },
  }
  tools.listen((notice) => {
    if (notice.sessionId !== sessionId) return
    const { method, params } = notice
    if (method === 'Runtime.bindingCalled') notes.push({ text: String(params.payload), at: performance.now() })
    for (const hear of [...waiting]) hear(notice)
  })
  await Promise.all([
    tab.send('Page.enable'),
    tab.send('Inspector.enable'),
    tab.send('Runtime.enable'),
    tab.send('Runtime.addBinding', { name: 'note' }),
  ])
  // the browser names the address before its page is there; a script that is asked meanwhile may end with the empty one
  const address = () => tab.run(() => location.href).catch(() => '')
  while (!(await address()).startsWith('http')) await wait(20)
  return tab
}

interface Evaluation {
  result: { value: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}
