import { noteRequest } from '../../page/ownRequest.ts'
import type { Page } from '../../page/page.ts'

/**
 * Where an endpoint is, anew for each request. What it redirects to is remembered for this page, and asked itself: a
 * redirected POST may have arrived as a GET, without its body. The answer of anybody else, such as a page that a service
 * worker keeps for a visitor who is offline, is none. If that page was redirected when it was put into the cache, its answer
 * says so again, like one of the endpoint: so the endpoint is asked once more in a way that lets no such page through.
 */
export const address = (page: Page): AddressOf => {
  /** Where the endpoint redirects to, which it has confirmed. */
  let remembered = ''
  /** Where it seems to redirect to. */
  let unconfirmed = ''
  /** What was remembered and is no more, until a beacon is taken. */
  let forgotten: string | undefined
  /** Where a beacon was taken, other than by the endpoint itself. */
  let receiver = ''
  return (endpoint: string) => {
    const url = remembered || endpoint
    const asked = bare(url)
    // several ask side by side: when this one is answered, what was remembered may be forgotten
    const isElsewhere = !!remembered
    // this request is to follow no redirection
    const toConfirm = remembered ? '' : unconfirmed
    const forget = () => {
      if (asked !== remembered) return
      forgotten = remembered
      remembered = ''
    }
    // what was remembered may have been a mistake, or is no more; but an outage is doubted once
    const doubt = () => {
      if (forgotten !== remembered) forget()
    }
    const follow = ({ redirected, url: to }: Response) => {
      // a `fetch` of the page's own may follow in any case
      unconfirmed = redirected ? bare(to) : toConfirm
      if (toConfirm) {
        remembered = unconfirmed
        noteRequest(page, remembered)
      }
      return unconfirmed
    }
    const judge = ({ redirected, url: by, ok, status }: Response) => {
      unconfirmed = ''
      // a script has made it, in the place of an error
      if (!status) throw 'no answer'
      const from = bare(by)
      // what was redirected to answers itself; an answer that was redirected when it was cached says so again
      const isFromAsked = !from || (!redirected && (from === asked || from === asked.replace(/^http:/, 'https:')))
      const isBusy = status >= 500 || /408|413|429/.test(`${status}`)
      // who has never taken a beacon may be a page to log in
      const isStranger = isElsewhere && asked !== receiver && !isBusy
      if (isFromAsked && ok) {
        forgotten = undefined
        if (isElsewhere) receiver = asked
      } else if (!isFromAsked || isStranger) {
        forget()
        throw new StrayAnswer(`${status} from ${from || asked}`)
      } else doubt()
    }
    return {
      url,
      redirect: toConfirm ? 'manual' : 'follow',
      doubt,
      movedTo: (answer) => {
        if (answer.type === 'opaqueredirect' || (answer.redirected && !isElsewhere)) return follow(answer)
        judge(answer)
        return ''
      },
    }
  }
}

/** Thrown for an answer that is none of the receiver's. */
export class StrayAnswer extends Error {
  override toString(): string {
    return this.message
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
