import { type NavigationEntry, navigationEntry } from './navigationEntry.ts'
import type { Page } from './page.ts'

/** How the page was reached, in web-vitals' words; `navigate` where the browser does not tell. */
export const navigationType = (page: Page): string => {
  const [{ activationStart, type } = {} as Partial<NavigationEntry>] = navigationEntry(page)
  if (activationStart) return 'prerender'
  if (type && (page.document as { wasDiscarded?: boolean }).wasDiscarded) return 'restore'
  return type?.replace('_', '-') ?? 'navigate'
}
