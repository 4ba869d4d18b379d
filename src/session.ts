import { asyncScheduler } from 'rxjs'
import type { Page } from './page/page.ts'
import { tryOr } from './page/tryOr.ts'
import { uuid } from './page/uuid.ts'
import type { Session } from './payload/payload.ts'
import { parse, stringify } from './payload/stringify.ts'

const key = 'CRUM'

/**
 * The session of this visitor, shared by all pages and tabs of the origin through `localStorage`; where that is
 * blocked, each page keeps its own. The function that comes back tells the current session: `true` marks it as alive
 * now (only while the page is visible), and begins another where it has been silent for longer than `newSessionAfter`
 * seconds. `afresh` begins another in any case, but where a second tab has kept this one alive meanwhile. Nothing is
 * written while `mayStore` says no; `forget()` removes what was.
 */
export const sessionStore = (page: Page, newSessionAfter: number, mayStore: () => boolean) => {
  let mine: Session | undefined
  const current = (alive: boolean, afresh = false): Session => {
    const visible = page.document.visibilityState === 'visible'
    if (mine && !afresh && !(alive && visible)) return mine
    const now = asyncScheduler.now()
    const known = read(page) ?? mine
    const keptElsewhere = known && mine && known.lastLoop > mine.lastLoop
    // a clock that was set back makes a session look younger than nothing
    const isOver = !known || Math.abs(now - known.lastLoop) > newSessionAfter * 1000
    if (isOver || (afresh && !keptElsewhere)) mine = { id: uuid(page), startTime: now, lastLoop: now, duration: 0 }
    else mine = visible ? at(known, now) : known
    if (mayStore()) tryOr(() => page.localStorage.setItem(key, stringify(mine)))
    return mine
  }
  return Object.assign(current, { forget: () => tryOr(() => page.localStorage.removeItem(key)) })
}

const at = (session: Session, now: number): Session => ({
  ...session,
  lastLoop: now,
  duration: Math.max(0, Math.floor((now - session.startTime) / 60_000)),
})

/** Where storage is blocked, full, or holds what is not ours, this page keeps its own. */
const read = (page: Page): Session | undefined =>
  tryOr(() => {
    const stored = parse(page.localStorage.getItem(key) as string)
    return /^[\da-f]{8}-/.test(stored.id) && stored.startTime > 0 && stored.lastLoop > 0 ? stored : undefined
  })
