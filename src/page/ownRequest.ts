import type { Page } from './page.ts'
import { tryOr } from './tryOr.ts'

/**
 * Whether a URL is the client's own endpoint, or one of several (a line each), whatever its query: the client must not
 * observe its own requests.
 */
export const ownRequest = ({ document, location }: Page, endpoint: string): ((url: string) => boolean) => {
  const base = document.baseURI ?? location.href
  const own = endpoint.split('\n').map((one) => one && tryOr(() => withoutQuery(new URL(one, base).href), ''))
  return (url) => own.some((one) => one !== '' && one === withoutQuery(url))
}

const withoutQuery = (url: string) => url.split(/[?#]/)[0] ?? ''
