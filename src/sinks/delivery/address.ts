import { noteRequest } from '../../page/ownRequest.ts'
import type { Page } from '../../page/page.ts'

/**
 * Where an endpoint is. What it redirects to is remembered for this page, and asked itself: a redirected POST may have
 * arrived as a GET, without its body. The answer of anybody else, such as a page that a service worker keeps for a visitor
 * who is offline, is none.
 */
export const address = (page: Page) => {
  let moved = ''
  let doubted = ''
  return {
    now: (endpoint: string): string => moved || endpoint,
    /**
     * What the endpoint has redirected to, if it was asked and has; `''` if the answer to `url` is the receiver's. Throws if it
     * is not. (One without an address was made by a script, and may be.)
     */
    movedTo: (url: string, { url: from, redirected, status }: Response): string => {
      const to = bare(from)
      const asked = bare(url)
      if (redirected && asked !== moved) {
        moved = to
        noteRequest(page, to)
        return to
      }
      // what was redirected to answers itself; an answer that was redirected when it was cached says so again
      const isFrom = !to || (!redirected && (to === asked || to === asked.replace(/^http:/, 'https:')))
      const isRefused = status >= 400 && status < 500 && !/408|413|429/.test(`${status}`)
      // what was remembered may have been a mistake, but not twice
      if (isFrom && !(isRefused && asked === moved && doubted !== moved)) return ''
      doubted = moved
      moved = ''
      throw `${status} from ${to}`
    },
  }
}

/** Without what a request carries besides. */
const bare = (url = '') => url.replace(/#.*|[?&]encoding=gzip$/g, '')
