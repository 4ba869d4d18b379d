import { native } from '../payload/native.ts'
import { tryOr } from '../payload/tryOr.ts'
import type { Page } from './page.ts'

/** What the clients in a document ask for; each leaves out the requests of all. */
const asked = new WeakMap<Document, Set<string>>()

/** Notes that the client asks for a URL: what is observed of such requests is its own doing. */
export const noteRequest = ({ document }: Page, url: string): Set<string> => {
  const urls = asked.get(document) ?? new Set()
  asked.set(document, urls)
  if (url) urls.add(bare(url))
  return urls
}

/**
 * Whether a URL is one that the client asks for: its endpoint, or where that redirects to, with further parameters or
 * without. The client must not observe its own requests.
 */
export const ownRequest = (page: Page, endpoint: string): ((url: string) => boolean) => {
  const urls = noteRequest(page, absoluteUrls(page)(endpoint))
  return (url) => {
    const asked = bare(url)
    return [...urls].some((own) => asked === own || asked.startsWith(own + (own.includes('?') ? '&' : '?')))
  }
}

/**
 * Reads URLs as they are to be read now: a page may move, or get another base. Empty, or nonsense, they stay as they are. They
 * have no user and no password, which `fetch` refuses: the URL of a page may have them, and its relative ones inherit them.
 */
export const absoluteUrls = ({ document, location }: Page): ((url: string) => string) => {
  const base = native(document, 'baseURI') ?? location.href
  return (url) => url && tryOr(() => Object.assign(new URL(url, base), { username: '', password: '' }).href, url)
}

/** A page may be told to ask for all by https. */
const bare = (url: string) => url.replace(/^https?:|#.*/g, '')
