import type { Page } from './page.ts'

/**
 * The Navigation API of the page, if it works there: a document of an opaque origin (sandboxed, or of a `data:` URL) has one
 * without entries, which tells of nothing. An element with that id is none.
 */
export const navigationApi = (page: Page): EventTarget | undefined => {
  const { navigation } = page as { navigation?: EventTarget & { currentEntry?: object | null } }
  return navigation?.currentEntry ? navigation : undefined
}
