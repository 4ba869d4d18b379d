import { type Budget, limit } from './budget.ts'
import { isUrl, safeUrls } from './urls.ts'

/** Nothing of what is hidden in a URL is left at the end of what was cut. */
export const shortened = (raw: string, budget: Budget) => {
  const text = safeUrls(raw.slice(0, limit.total * 2))
  const room = Math.max(0, Math.min(isUrl(text) ? limit.total : limit.text, budget.left))
  budget.left -= Math.min(text.length, room)
  return cut(text, room) + (text.length > room ? '…' : '')
}

/** The first characters of a text, as well-formed Unicode: no half is left of a character at the end, nor one that the page had. */
export const cut = (text: string, room: number) => {
  const start = text.length > room ? text.slice(0, room).replace(/[\ud800-\udbff]$/, '') : text
  // most texts have no character of two halves
  return /[\ud800-\udfff]/.test(start) ? start.replace(/\p{Cs}/gu, '\ufffd') : start
}
