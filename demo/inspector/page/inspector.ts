import type { Change, Hello, SessionSummary, Totals, ViewSummary } from '../summaries.ts'
import type { Listener } from './connection.ts'
import { InspectorState } from './inspectorState.ts'
import { PageList } from './pageList.ts'
import { readPlace } from './place.ts'
import { pointedHappening, sectionOf } from './pointing.ts'
import { Away, type Receiver, unlessAway } from './receiver.ts'
import { room, type Shown, shownView } from './shownView.ts'
import { Slices } from './slices.ts'
import { type Tree, tree } from './treeRows.ts'
import type { VirtualList } from './virtualList.ts'

/** What the visitor of the inspector may do with what is shown. Each change asks for a drawing. */
export class Inspector extends InspectorState implements Listener {
  readonly sessions: Slices<SessionSummary>
  views: Slices<ViewSummary>
  readonly pages: PageList
  #run = ''
  /** Counts what was asked to be shown: only the last of it is. */
  #turn = 0
  /** The view that is on its way, and whether more has come for it since. */
  #opening: { view: number; isOld: boolean } | undefined
  /** The beacon that a link points at, while the receiver is away. */
  #sought: string | undefined
  #revealed: string | undefined
  #opened: unknown
  /** Characters of beacons that are shown of a view. */
  #most = room
  #isReloading = false
  /** Whether more has come for the view while it is being fetched. */
  #isOld = false
  readonly #receiver: Receiver
  readonly #draw: () => void

  constructor(receiver: Receiver, draw: () => void) {
    super()
    this.#receiver = receiver
    this.#draw = draw
    this.sessions = new Slices(async (from, to) => {
      // the oldest may be gone
      const placed: SessionSummary[] = []
      const path = `sessions?from=${from}&to=${to}`
      for (const session of await receiver.get<SessionSummary[]>(path)) placed[session.n - from] = session
      return placed
    }, draw)
    this.views = this.#viewsOf(-1)
    this.pages = new PageList(receiver, draw)
  }

  hello({ totals, run }: Hello): void {
    const isBack = this.status === 'lost'
    const isRestarted = this.#run !== '' && this.#run !== run
    const hasGrown = totals.newestView > (this.totals?.newestView ?? -1)
    this.#run = run
    this.status = 'live'
    this.missed = isBack ? Math.max(0, totals.beacons - (this.totals?.beacons ?? 0)) : undefined
    this.totals = totals
    if (isBack) setTimeout(() => this.update({ missed: undefined }), 6000)
    // started anew, its numbers are others if its store is another one
    for (const list of [this.sessions, this.views]) isRestarted ? list.clear() : list.refresh()
    this.pages.refresh()
    if (this.#sought) void this.#seek(this.#sought)
    else if (this.isFollowing && hasGrown) void this.#open(totals.newestView)
    else if (this.shown && isRestarted) void this.#findAgain(this.shown.summary.key)
    else void this.#reload()
    this.#draw()
  }

  change({ totals, sessions, views, latest, isPartial }: Change): void {
    const newestOf = (all: Totals | undefined) => (all?.firstSession ?? 0) + (all?.sessions ?? 0)
    const grown = newestOf(totals) - newestOf(this.totals)
    this.totals = totals
    for (const session of sessions) this.sessions.set(session.n, session)
    for (const view of views) if (view.session === this.openSession) this.views.set(view.position, view)
    if (isPartial) {
      this.sessions.refresh()
      this.views.refresh()
    }
    if (grown > 0) this.#list('tree')?.shift(grown)
    if (this.tab === 'pages') this.pages.refreshSoon()
    if (this.#opening && (isPartial || views.some(({ n }) => n === this.#opening?.view))) this.#opening.isOld = true
    const mine = views.find(({ n }) => n === this.shown?.summary.n)
    if (this.#isNewer(views.find(({ n }) => n === latest))) void this.show(latest)
    else if (mine || isPartial) void this.#reload()
    this.#draw()
  }

  lost(): void {
    if (this.status !== 'lost') this.lostAt = Date.now()
    this.status = 'lost'
    this.#draw()
  }

  /** Sets what is shown, and draws it. */
  update(change: Partial<InspectorState>): void {
    Object.assign(this, change)
    this.#draw()
  }

  /** Goes where an address points; what comes from then on does not lead away from there. */
  goTo(hash: string): void {
    const { tab, view, beacon, field } = readPlace(hash)
    const isElsewhere = view !== undefined && view !== this.shown?.summary.n
    this.update({ tab, pointedAt: field, isFollowing: this.isFollowing && !isElsewhere && !beacon })
    this.#revealed = undefined
    if (isElsewhere || beacon) this.#letGo()
    if (tab === 'pages') this.pages.refresh()
    if (isElsewhere) void this.show(view)
    if (beacon) void this.#seek(beacon)
  }

  /** Shows a view that was chosen by hand, and no longer the newest one. */
  choose(view: number): void {
    this.update({ isFollowing: false, isListShown: false, pointedAt: undefined })
    this.#letGo()
    history.replaceState(null, '', `#view=${view}`)
    // its row is in sight, or one has moved on since
    void this.show(view, false)
  }

  /** The same by its position in its session; its row may be ahead of what is known of it. */
  async chooseAt(session: number, position: number): Promise<void> {
    const path = `sessions/${session}/views?from=${position}&to=${position + 1}`
    const [view] = await this.#receiver.get<ViewSummary[]>(path).catch(unlessAway)
    if (view) this.choose(view.n)
  }

  follow(isFollowing: boolean): void {
    this.update({ isFollowing, isListShown: false })
    this.#letGo()
    history.replaceState(null, '', location.pathname)
    if (isFollowing && this.totals?.views) void this.show(this.totals.newestView)
  }

  async show(view: number, isRevealed = true): Promise<void> {
    if (view !== this.shown?.summary.n && view !== this.#opening?.view) await this.#open(view, isRevealed)
  }

  openTo(session: number | undefined): void {
    if (session === this.openSession) return
    this.openSession = session
    this.views = this.#viewsOf(session ?? -1)
    this.#draw()
  }

  /** The rows of the tree, as they are now. */
  get tree(): Tree {
    const views = this.openSession === undefined ? 0 : (this.sessions.at(this.openSession)?.views ?? 0)
    const open = this.openSession === undefined ? undefined : { session: this.openSession, views }
    return tree(this.totals?.sessions ?? 0, open, this.totals?.firstSession)
  }

  /** Once drawn: brings what was just opened, and what a link points at, into sight. */
  drawn(root: HTMLElement): void {
    const opened = this.openBeacon ?? this.openResource
    if (opened && opened !== this.#opened) root.querySelector('.json')?.scrollIntoView({ block: 'nearest' })
    this.#opened = opened
    const field = this.pointedAt
    if (!field || !this.shown || this.#revealed === field) return
    const target = root.querySelector(`[data-section="${sectionOf(field)}"]`)
    if (!target) return
    this.#revealed = field
    target.scrollIntoView({ block: 'start' })
    target.querySelector<VirtualList>('virtual-list')?.revealActive()
  }

  /** Shows a beacon by its id, and what a link points at in it. Where the receiver is away, it is asked when it is back. */
  async #seek(id: string): Promise<void> {
    const turn = this.#begin()
    this.#sought = id
    try {
      const { n } = await this.#receiver.get<ViewSummary>(`find?beacon=${encodeURIComponent(id)}`)
      if (turn !== this.#turn) return
      await (n === this.shown?.summary.n ? this.#reload() : this.#open(n))
      if (this.shown?.summary.n !== n) return
      const { key } = pointedHappening(this.shown.model.happenings, id, this.pointedAt) ?? {}
      this.#sought = this.#revealed = undefined
      this.update({ happening: key, openHappening: key, isListShown: false })
    } catch (error) {
      if (turn !== this.#turn || error instanceof Away) return
      this.#sought = undefined
      this.update({ shown: undefined, problem: `Beacon ${id} is not in this store.` })
    }
  }

  /** What was asked for before is not wanted any more. */
  #letGo(): void {
    this.#begin()
    this.#sought = undefined
  }

  /** Begins a turn, which what is on its way is not of. */
  #begin(): number {
    this.#opening = undefined
    return ++this.#turn
  }

  /** A late beacon of an earlier page does not lead back to it. */
  #isNewer(latest: ViewSummary | undefined): boolean {
    if (!this.isFollowing || !latest) return false
    const { summary } = this.shown ?? {}
    return !summary || latest.session !== summary.session || latest.n > summary.n
  }

  /** Fetches a view and shows it, unless another one is asked for meanwhile. */
  async #open(view: number, isRevealed = true): Promise<void> {
    const turn = this.#begin()
    const opening = { view, isOld: false }
    this.#opening = opening
    this.#most = room
    const shown = await this.#fetch(view, undefined, () => turn === this.#turn)
    if (this.#opening === opening) this.#opening = undefined
    if (!shown) return
    this.#reset()
    if (isRevealed) this.#reveal(shown.summary)
    this.update({ shown, problem: '' })
    if (opening.isOld) void this.#reload()
  }

  /** Fetches what is new of the view that is shown. */
  async #reload(): Promise<void> {
    if (!this.shown) return
    if (this.#isReloading) {
      this.#isOld = true
      return
    }
    this.#isReloading = true
    do {
      this.#isOld = false
      await this.#reloadOnce(this.shown)
      // a view that grows all the time is drawn some times a second
      if (this.#isOld) await new Promise((resolve) => setTimeout(resolve, 250))
    } while (this.#isOld && this.shown)
    this.#isReloading = false
  }

  async #reloadOnce(known: Shown): Promise<void> {
    const { n } = known.summary
    const shown = await this.#fetch(n, known, () => this.shown?.summary.n === n)
    if (shown && this.shown && shown.stored.length >= this.shown.stored.length) this.update({ shown, problem: '' })
  }

  /** Shows as much more of the view as was shown at first. */
  async showMore(): Promise<void> {
    this.#most += room
    await this.#reload()
  }

  async #fetch(view: number, known: Shown | undefined, isWanted: () => boolean): Promise<Shown | undefined> {
    try {
      const shown = await shownView(this.#receiver, view, { known, most: this.#most })
      return isWanted() ? shown : undefined
    } catch (error) {
      if (isWanted() && !(error instanceof Away))
        this.update({ problem: `This view can not be read: ${(error as Error).message}` })
      return undefined
    }
  }

  #reset(): void {
    this.range = undefined
    this.happening = this.openHappening = undefined
    this.resource = this.openResource = undefined
    this.beacon = this.openBeacon = undefined
  }

  /** Goes to a view in the tree. */
  #reveal({ session, position }: ViewSummary): void {
    this.openTo(session)
    this.active = { session, position }
    const index = this.tree.indexOf(this.active)
    requestAnimationFrame(() => this.#list('tree')?.reveal(index))
  }

  /** Finds the view that was shown in a store that may be another one. */
  async #findAgain(key: string): Promise<void> {
    const turn = this.#begin()
    const found = await this.#receiver
      .get<ViewSummary>(`find?beacon=${encodeURIComponent(key)}-0`)
      .catch(() => undefined)
    if (turn !== this.#turn) return
    if (!found) {
      this.openTo(undefined)
      this.update({ shown: undefined, active: undefined })
    }
    const newest = this.totals?.newestView ?? -1
    const view = found?.n ?? (this.isFollowing ? newest : -1)
    if (view >= 0) await this.#open(view)
  }

  #viewsOf(session: number): Slices<ViewSummary> {
    return new Slices((from, to) => this.#receiver.get(`sessions/${session}/views?from=${from}&to=${to}`), this.#draw)
  }

  #list(id: string): VirtualList | null {
    return document.querySelector<VirtualList>(`virtual-list#${id}`)
  }
}
