import { native } from '../payload/native.ts'
import { navigationEntry } from './navigationEntry.ts'
import type { Page } from './page.ts'

/** How the visitor reached the page, in web-vitals' words; `navigate` if the browser does not tell. */
export const navigationType = (page: Page): string => {
  const { activationStart, type } = navigationEntry(page) ?? {}
  if (activationStart) return 'prerender'
  if (type && native(page.document as { wasDiscarded?: boolean }, 'wasDiscarded') === true) return 'restore'
  return type?.replace('_', '-') ?? 'navigate'
}
