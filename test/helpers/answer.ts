/** What `fetch` gives: an answer of this status, with these headers. */
export const answer = (status = 204, headers: Record<string, string> = {}) => ({
  ok: status >= 200 && status < 300,
  status,
  headers: new Headers(headers),
})
