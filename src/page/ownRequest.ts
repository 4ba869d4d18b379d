import type { Settings } from '../settings.ts'
import type { Page } from './page.ts'
import { tryOr } from './tryOr.ts'

/** Whether a URL is the client's own endpoint, whatever its query: what it must not observe. */
export const ownRequest = ({ document, location }: Page, { endpoint }: Settings): ((url: string) => boolean) => {
  const own = endpoint ? tryOr(() => path(new URL(endpoint, document.baseURI ?? location.href).href)) : undefined
  return (url) => path(url) === own
}

const path = (url: string) => url.split(/[?#]/)[0]
