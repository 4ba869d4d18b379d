/** `fetchLater`, and what it would send if the page ended now. It throws beyond its budget, as in a browser. */
export const fakeFetchLater = (budget = 65_336) => {
  const armed = new Set<{ url: string; body: string; init: RequestInit }>()
  const fetchLater = (url: string, init: RequestInit) => {
    const request = { url, body: String(init.body), init }
    const size = [...armed, request].reduce((sum, { body }) => sum + body.length, 0)
    if (size > budget) throw new DOMException('fetchLater exceeds its quota', 'QuotaExceededError')
    init.signal?.throwIfAborted()
    init.signal?.addEventListener('abort', () => armed.delete(request))
    armed.add(request)
    return { activated: false }
  }
  return { fetchLater, armed }
}
