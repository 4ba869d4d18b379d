import type { Measure } from '../summaries.ts'

/** `320 ms`, `1.24 s`, `2 min 5 s`: a duration as short as it can be said. */
export function duration(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(ms < 10_000 ? 2 : 1))} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
}

/** A measure in its own unit: CLS is a score. */
export function measured(name: Measure, value: number): string {
  return name === 'cls' ? `${Number(value.toFixed(3))}` : duration(value)
}

/** `812 B`, `14.2 kB`, `1.3 MB`. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} B`
  if (count < 1e6) return `${(count / 1000).toFixed(count < 1e5 ? 1 : 0)} kB`
  return count < 1e9 ? `${(count / 1e6).toFixed(1)} MB` : `${(count / 1e9).toFixed(2)} GB`
}

/** `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en')
}

/** `1 error`, `2 errors`. */
export function plural(number: number, word: string): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`
}

/** `14:03:22`, with the date before it unless that is today. */
export function clock(time: number, now = Date.now()): string {
  const date = new Date(time)
  const hours = date.toLocaleTimeString('en-GB')
  if (date.toDateString() === new Date(now).toDateString()) return hours
  return `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${hours}`
}

/** What a URL ends with, and where it is: `hero.webp`, `shop.example/pictures`. */
export function urlParts(text: string): { file: string; place: string } {
  if (!URL.canParse(text)) return { file: text, place: '' }
  const { host, pathname, search, protocol } = new URL(text)
  if (protocol === 'data:') return { file: text.slice(0, 40), place: 'data' }
  const cut = pathname.lastIndexOf('/')
  return { file: (pathname.slice(cut + 1) || '/') + search, place: host + pathname.slice(0, cut) }
}
