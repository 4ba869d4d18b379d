import { noteRequest } from '../../page/ownRequest.ts'
import type { Page } from '../../page/page.ts'

/**
 * Where an endpoint is, anew for each request. What it redirects to is remembered for this page, and asked itself: a
 * redirected POST may have arrived as a GET, without its body. The answer of anybody else, such as a page that a service
 * worker keeps for a visitor who is offline, is none. If that page was redirected when it was put into the cache, its answer
 * says so again, like one of the endpoint: so the endpoint is asked once more in a way that lets no such page through.
 */
export const address = (page: Page): AddressOf => {
  let moved = ''
  let suspected = ''
  let doubted: string | undefined
  return (endpoint: string) => {
    const url = moved || endpoint
    // several ask side by side: when this one is answered, what was remembered may be forgotten
    const isElsewhere = !!moved
    // where the endpoint seems to redirect to: this request is to follow no redirection
    const suspect = moved ? '' : suspected
    const asked = bare(url)
    const forget = () => {
      if (asked !== moved) return
      doubted = moved
      moved = ''
    }
    // what was remembered may have been a mistake, or is no more; but an outage is doubted once
    const doubt = () => {
      if (doubted !== moved) forget()
    }
    return {
      url,
      redirect: suspect ? 'manual' : 'follow',
      doubt,
      movedTo: ({ url: from, redirected, status, type }) => {
        const to = bare(from)
        if (type === 'opaqueredirect' || (redirected && !isElsewhere)) {
          // a `fetch` of the page's own may follow in any case
          suspected = redirected ? to : suspect
          if (suspect) {
            moved = suspected
            noteRequest(page, moved)
          }
          return suspected
        }
        suspected = ''
        // a script has made it, in the place of an error
        if (!status) throw 'no answer'
        // what was redirected to answers itself; an answer that was redirected when it was cached says so again
        const isFrom = !to || (!redirected && (to === asked || to === asked.replace(/^http:/, 'https:')))
        const isRefused = status < 500 && !/408|413|429/.test(`${status}`)
        if (isFrom) {
          if (status < 400) doubted = undefined
          else if (isRefused && isElsewhere) {
            // whoever is there may be no receiver, but a page to log in: it is taken at its word where it refuses a body again
            const isItsWord = doubted === asked && /400|415|422/.test(`${status}`)
            forget()
            if (!isItsWord) throw `${status} from ${to}`
          }
          // who is only busy says when to ask again
          else doubt()
          return ''
        }
        forget()
        throw `${status} from ${to}`
      },
    }
  }
}

/** Where an endpoint is for one request, and what its answer says of that. */
export type AddressOf = (endpoint: string) => {
  url: string
  redirect: RequestRedirect
  /** There was no answer: the next request may ask at the endpoint again. */
  doubt: () => void
  /**
   * Where to ask next, if this is the answer of a redirection; `''` if it is the receiver's. Throws if it is neither. (One
   * without an address was made by a script, and may be the receiver's.)
   */
  movedTo: (answer: Response) => string
}

/** Without what a request carries besides. */
const bare = (url = '') => url.replace(/#.*|[?&]encoding=gzip$/g, '')
