import { asyncScheduler } from 'rxjs'
import type { Page } from './page/page.ts'
import { uuid } from './page/uuid.ts'
import { native } from './payload/native.ts'
import type { Session } from './payload/payload.ts'
import { parse, stringify } from './payload/stringify.ts'
import { tryOr } from './payload/tryOr.ts'
import type { Settings } from './settings.ts'

const key = 'CRUM'

/** A sample may wait for so many others before its page says that it is alive. */
const mostLoops = 50

/** Samples that leave together, as many routes do, are one sign of life, ms. */
const sameMoment = 100

const noted = (name: string) => `${key} ${name}`

/**
 * The session of this visitor, shared by all pages and tabs of the origin through `localStorage`. If that is blocked, each
 * page keeps its own; if it can be read and not written, what this page last decided counts more than what stands there.
 * Nothing is written before `mayStore` allows it.
 */
export const sessionStore = (
  page: Page,
  { newSessionAfter, samplingRate }: Pick<Settings, 'newSessionAfter' | 'samplingRate'>,
  mayStore: () => boolean,
) => {
  let mine: Session | undefined
  // what was stored when this page last decided: if it still stands there, it could not be overwritten
  let overruled: string | null | undefined
  // what this page wrote last, and need not read again
  let written: string | undefined
  let decidedAt = 0
  // the page was visible all the time since it last decided
  let isSteady = false
  const notes: Record<string, string> = {}
  const write = (name: string, text: () => string) => {
    if (mayStore()) tryOr(() => page.localStorage.setItem(name, text()), undefined)
  }

  const isSeen = () => native(page.document, 'visibilityState') === 'visible'

  const current = (): Session => mine ?? decide(isSeen())

  const keepAlive = (): Session => (isSeen() && !isJustDecided() ? decide(true) : current())

  const isJustDecided = () => Math.abs(asyncScheduler.now() - decidedAt) < sameMoment

  const decide = (isVisible: boolean, afresh = false): Session => {
    const now = asyncScheduler.now()
    const stored = tryOr(() => page.localStorage.getItem(key), null)
    const isNews = stored !== overruled && stored !== written
    const known = (isNews && parsed(stored)) || mine
    overruled = stored
    decidedAt = now
    const keptElsewhere = known && mine && known.lastLoop > mine.lastLoop
    const isOwn = known?.id === mine?.id
    // a page that was visible all the time has only not said so yet, or its computer was asleep
    const grace = isSteady && isOwn ? samplingRate * mostLoops : 0
    // the clock may have been set back
    const isOver = !known || Math.abs(now - known.lastLoop) > newSessionAfter * 1000 + grace
    isSteady = isVisible
    if (isOver || (afresh && !keptElsewhere)) mine = { id: uuid(page), startTime: now, lastLoop: now, duration: 0 }
    else mine = isVisible ? continued(known, now) : known
    const decided = mine
    write(key, () => {
      written = stringify(decided)
      return written
    })
    return decided
  }

  return {
    /** The session as this page last knew it. */
    current,
    /**
     * Marks it as alive now, but only while the page is visible. Another one begins if no page was visible for longer than
     * `newSessionAfter` seconds.
     */
    keepAlive,
    /** Begins another one, unless a second tab has kept this one alive. */
    renew: (): Session => decide(isSeen(), true),
    /** The page is visible from now on, or was up to this moment. */
    turn: (): void => {
      const isVisible = isSeen()
      if (mine && (isVisible || isSteady)) decide(true)
      isSteady = isVisible
    },
    /** It may be written from now on. What was decided before is, unless another tab has decided meanwhile. */
    keep: (): void => {
      if (mine) decide(isSeen())
    },
    /** Notes of this client, which its next pages can read. */
    recall: (name: string): string | null =>
      notes[noted(name)] ?? tryOr(() => page.localStorage.getItem(noted(name)), null),
    remember: (name: string, value: string): void => {
      if (notes[noted(name)] === value) return
      notes[noted(name)] = value
      write(noted(name), () => value)
    },
    /** Deletes all of this client's, also what earlier pages have written. */
    forget: () => {
      const stored = tryOr(() => Object.keys(page.localStorage), [])
      for (const name of [key, ...Object.keys(notes), ...stored.filter((name) => name.startsWith(noted('')))])
        tryOr(() => page.localStorage.removeItem(name), undefined)
    },
  }
}

/** A share of the sessions, the same in all views and tabs of each: a random UUID begins with a random number. */
export const isSampled = ({ id }: Session, share: number): boolean => Number(`0x${id.slice(0, 8)}`) < share * 2 ** 32

const continued = ({ id, startTime }: Pick<Session, 'id' | 'startTime'>, now: number): Session => ({
  id,
  startTime,
  lastLoop: now,
  duration: Math.max(0, Math.floor((now - startTime) / 60_000)),
})

/** `undefined` if nothing is stored, or what is not ours. What others have added to it is left out. */
const parsed = (text: string | null): Session | undefined => {
  // V8 reads the whole script again to word the error
  if (!text) return undefined
  return tryOr(() => {
    const { id, startTime, lastLoop } = parse(text)
    const isOurs = /^[\da-f]{8}-[\w-]{1,27} [1-9]\d* [1-9]\d*$/.test(`${id} ${startTime} ${lastLoop}`)
    return isOurs ? continued({ id: `${id}`, startTime: +startTime }, +lastLoop) : undefined
  }, undefined)
}
