import { type Budget, limit } from './budget.ts'
import { isUrl, safeUrls } from './urls.ts'

/** Characters of a text that are looked at: some of them may be hidden. */
const mostRead = limit.total * 2

/** The beginning of a text, as long as there is room, and `…` if something is missing. What URLs hide is removed before the cut. */
export const shortened = (raw: string, budget: Budget): string => {
  const isLong = raw.length > mostRead
  const text = safeUrls(isLong ? withoutLastWord(raw.slice(0, mostRead)) : raw)
  const room = Math.max(0, Math.min(isUrl(text) ? limit.total : limit.text, budget.left))
  budget.left -= Math.min(text.length, room)
  return cut(text, room) + (isLong || text.length > room ? '…' : '')
}

/** What the cut has left of a user and a password is not known for one. They are no longer than this. */
const longest = 1000
const withoutLastWord = (text: string) => text.slice(0, -longest) + text.slice(-longest).replace(/[^\s\\/"<>]*$/, '')

/** The first characters of a text, as well-formed Unicode: no half is left of a character at the end, nor one that the page had. */
export const cut = (text: string, room: number) => {
  const start = text.length > room ? text.slice(0, room).replace(/[\ud800-\udbff]$/, '') : text
  // most texts have no character of two halves
  return /[\ud800-\udfff]/.test(start) ? start.replace(/\p{Cs}/gu, '\ufffd') : start
}
