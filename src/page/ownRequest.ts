import { native } from '../payload/native.ts'
import type { Page } from './page.ts'
import { tryOr } from './tryOr.ts'

/** Whether a URL is the client's own endpoint, whatever its query: the client must not observe its own requests. */
export const ownRequest = ({ document, location }: Page, endpoint: string): ((url: string) => boolean) => {
  const base = native(document, 'baseURI') ?? location.href
  const own = endpoint && tryOr(() => withoutQuery(new URL(endpoint, base).href), '')
  return (url) => own !== '' && withoutQuery(url) === own
}

const withoutQuery = (url: string) => url.split(/[?#]/)[0] ?? ''
