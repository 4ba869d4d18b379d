import { AbortController } from '../../page/natives.ts'
import type { Page } from '../../page/page.ts'
import { tryOr } from '../../payload/tryOr.ts'
import type { Envelope } from './envelope.ts'

/** What a request has beside its method: the body, and headers that go with it. */
export type InitOf = (envelope: Envelope) => RequestInit

/** https://whatpr.org/fetch/1647.html, Chromium's only so far. */
type DeferringPage = Page & { fetchLater?(url: string, init: RequestInit): unknown }

/**
 * Requests that the browser itself sends when the page is gone, however it ends: one for each id, replaced when it is
 * armed again, at where the endpoint is by then. Does nothing without `fetchLater`, and arms nothing beyond the 64 KiB that the
 * browser takes.
 */
export const deferredFetch = (page: DeferringPage, where: () => string, init: InitOf = ({ body }) => ({ body })) => {
  const { fetchLater } = page
  const armed = new Map<string, AbortController>()
  let isClosed = false
  const disarm = (id: string) => {
    armed.get(id)?.abort()
    armed.delete(id)
  }
  return {
    disarm,
    isArmed: (id: string): boolean => armed.has(id),
    arm: (envelope: Envelope) => {
      const { id } = envelope
      if (isClosed || !fetchLater) return
      const request = () => {
        const controller = new AbortController()
        fetchLater(where(), { method: 'POST', ...init(envelope), signal: controller.signal })
        return controller
      }
      // the new one first: a renderer that dies in between is to leave one of them; but there may be no room for both
      const next = tryOr(request, undefined)
      const wasArmed = armed.has(id)
      disarm(id)
      const controller = next ?? (wasArmed ? tryOr(request, undefined) : undefined)
      if (controller) armed.set(id, controller)
    },
    /** Takes all back, and arms none any more. */
    close: () => {
      isClosed = true
      for (const id of armed.keys()) disarm(id)
    },
  }
}
