import { locationParts } from './locationParts.ts'
import type { Payload } from './payload.ts'
import { parse, stringify } from './stringify.ts'
import { textOf } from './thrown.ts'
import { tryOr } from './tryOr.ts'

/**
 * The payload with every URL in it, wherever it stands (location, referrer, resources, stacks, console lines, names),
 * replaced by what `mask` makes of it. The parts of the location follow from the masked one; they are empty where that
 * is no URL.
 */
export const maskUrls = (payload: Payload, mask: (url: string) => string): Payload => {
  const maskOf = (url: string): string => {
    const masked: unknown = mask(url)
    if (typeof masked === 'string') return masked
    throw `it returned ${textOf(masked)}, expected a text`
  }
  const change = (text: string): string =>
    /^[a-z][a-z\d+.-]*:\/\/\S*$/i.test(text)
      ? maskOf(text)
      : text.replace(words, (word, url) => {
          if (!url) return word
          const end = urlEnd(url)
          return maskOf(url.slice(0, end)) + url.slice(end)
        })
  const masked = parse(stringify(payload).replace(texts, (text) => stringify(change(parse(text)))))
  const { view } = masked
  const { href, id, pathname } = view
  Object.assign(view, locationParts(urlOf(href) ?? { href }))
  if (id === pathname) view.id = view.pathname
  return masked
}

const urlOf = (href: string) => tryOr(() => new URL(href), undefined)

/**
 * The words of a text that may be the scheme of a URL; with all of the URL where one is. Those that are none are taken as well,
 * so that each character is looked at once.
 */
const words = /([a-z][a-z\d+.-]*:\/\/[^\s"<>]+)|[a-z][a-z\d+.-]*/gi

/** Where the URL ends in a word: before the `:line:column` and the brackets that stacks put behind it, and the marks of a sentence. */
const urlEnd = (url: string): number => {
  let end = url.length
  while (marks.includes(url.charAt(end - 1))) end--
  return end - (/:\d+:\d+$/.exec(url.slice(0, end))?.[0].length ?? 0)
}

const marks = ')]}\'",.;!'

/** The texts of a JSON, names included. */
const texts = /"(\\.|[^"\\])*"/g
