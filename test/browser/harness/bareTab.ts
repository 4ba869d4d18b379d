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
  /** Resolves with the next of such notices, which the browser gives of this tab. */
  next(method: string): Promise<Notice['params']>
  close(): Promise<void>
}

export async function openTab(tools: DevTools): Promise<Tab> {
  const { targetId } = await tools.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
  })
  const { sessionId } = await tools.send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })
  const notes: Tab['notes'] = []
  let waiting: { method: string; resolve(params: Notice['params']): void }[] = []
  const tab: Tab = {
    notes,
    send: (method, params) => tools.send(method, params, sessionId),
    go: async (url) => {
      const loaded = tab.next('Page.loadEventFired')
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
    next: (method) => new Promise((resolve) => void waiting.push({ method, resolve })),
    close: async () => {
      await tools.send('Target.closeTarget', { targetId })
    },
  }
  tools.listen((notice) => {
    if (notice.sessionId !== sessionId) return
    const { method, params } = notice
    if (method === 'Runtime.bindingCalled') notes.push({ text: String(params.payload), at: performance.now() })
    const heard = waiting.filter((wait) => wait.method === method)
    waiting = waiting.filter((wait) => wait.method !== method)
    for (const { resolve } of heard) resolve(params)
  })
  await tab.send('Page.enable')
  await tab.send('Inspector.enable')
  await tab.send('Runtime.enable')
  await tab.send('Runtime.addBinding', { name: 'note' })
  return tab
}

interface Evaluation {
  result: { value: unknown }
  exceptionDetails?: { text: string; exception?: { description?: string } }
}
