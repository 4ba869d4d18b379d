import { attempt } from './attempt'
import type { Page } from './page'
import type { Settings } from './settings'

/** Whether a URL is the client's own endpoint, whatever its query: what it must not observe. */
export const ownRequest = ({ location }: Page, { endpoint }: Settings): ((url: string) => boolean) => {
  const own = endpoint ? attempt(() => path(new URL(endpoint, location.href).href)) : undefined
  return (url) => path(url) === own
}

const path = (url: string) => url.split(/[?#]/)[0]
