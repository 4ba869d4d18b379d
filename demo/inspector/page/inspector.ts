import type { StoredBeacon } from '../../beaconStore.ts'
import type { Change, Hello, PageSummary, SessionSummary, Totals, ViewSummary } from '../summaries.ts'
import type { Listener } from './connection.ts'
import type { Kind } from './happenings.ts'
import { readPlace } from './place.ts'
import { kindOf, sectionOf } from './pointing.ts'
import { Away, type Receiver, unlessAway } from './receiver.ts'
import { Slices } from './slices.ts'
import { type TreeRow, treeRow, treeRowOf, treeSize } from './treeRows.ts'
import { type ViewModel, viewModel } from './viewModel.ts'
import type { VirtualList } from './virtualList.ts'

/** The view that is shown, as far as its beacons are here. */
export interface Shown {
  summary: ViewSummary
  session: SessionSummary
  stored: StoredBeacon[]
  model: ViewModel
}

/** What is shown, and what the visitor of the inspector may do with it. Each change asks for a drawing. */
export class Inspector implements Listener {
  status: 'connecting' | 'live' | 'lost' = 'connecting'
  /** When the connection was lost, epoch ms. */
  lostAt = 0
  /** Beacons that came while it was lost; `undefined` unless it has just come back. */
  missed: number | undefined
  totals: Totals | undefined
  tab: 'views' | 'pages' = 'views'
  /** Whether the newest view is shown by itself. */
  isFollowing = true
  /** On a narrow screen: whether the list covers the view. */
  isListShown = false
  shown: Shown | undefined
  /** Why the wanted view is not shown. */
  problem = ''
  /** The session whose views are listed. */
  openSession: number | undefined
  /** Where the keyboard is in the tree. */
  active: TreeRow | undefined
  readonly sessions: Slices<SessionSummary>
  views: Slices<ViewSummary>
  readonly pages: Slices<PageSummary>
  pageTotal = 0
  page: PageSummary | undefined
  activePage = -1
  /** The section that a link points at, and the field that it names. */
  pointedAt: string | undefined
  /** The span of the time line that is shown; all of it unless given. */
  range: [from: number, to: number] | undefined
  hidden = new Set<Kind>()
  happening = -1
  resource = -1
  beacon = -1
  /** The beacon whose JSON is shown. */
  raw: number | undefined
  #run = ''
  #wanted = -1
  #revealed: string | undefined
  #pagesAt = 0
  readonly #receiver: Receiver
  readonly #draw: () => void

  constructor(receiver: Receiver, draw: () => void) {
    this.#receiver = receiver
    this.#draw = draw
    this.sessions = new Slices((from, to) => this.#receiver.get(`sessions?from=${from}&to=${to}`), draw)
    this.views = this.#viewsOf(-1)
    this.pages = new Slices(async (from, to) => {
      const { total, pages } = await this.#receiver.get<{ total: number; pages: PageSummary[] }>(
        `pages?from=${from}&to=${to}`,
      )
      this.pageTotal = total
      this.page &&= pages.find(({ page }) => page === this.page?.page) ?? this.page
      return pages
    }, draw)
  }

  hello({ totals, run }: Hello): void {
    const isBack = this.status === 'lost'
    const isRestarted = this.#run !== '' && this.#run !== run
    this.#run = run
    this.status = 'live'
    this.missed = isBack ? Math.max(0, totals.beacons - (this.totals?.beacons ?? 0)) : undefined
    this.totals = totals
    if (isBack) setTimeout(() => this.update({ missed: undefined }), 6000)
    this.sessions.clear()
    this.views.clear()
    this.pages.clear()
    if (this.shown && isRestarted) void this.#findAgain(this.shown.summary.key)
    else if (this.shown) void this.#load(this.shown.summary.n, true)
    else if (this.isFollowing && totals.views) void this.show(totals.views - 1)
    this.#draw()
  }

  change({ totals, sessions, views, latest, isPartial }: Change): void {
    const grown = totals.sessions - (this.totals?.sessions ?? 0)
    this.totals = totals
    for (const session of sessions) this.sessions.set(session.n, session)
    for (const view of views) if (view.session === this.openSession) this.views.set(view.position, view)
    if (isPartial) {
      this.sessions.clear()
      this.views.clear()
    }
    if (grown > 0) this.#list('tree')?.shift(grown)
    if (this.tab === 'pages' && Date.now() - this.#pagesAt > 2000) this.refreshPages()
    const mine = views.find(({ n }) => n === this.shown?.summary.n)
    if (this.#isNewer(views.find(({ n }) => n === latest))) void this.show(latest)
    else if (mine || isPartial) void this.#load(this.shown?.summary.n ?? -1, true)
    this.#draw()
  }

  lost(): void {
    if (this.status !== 'lost') this.lostAt = Date.now()
    this.status = 'lost'
    this.#draw()
  }

  /** Sets what is shown, and draws it. */
  update(change: Partial<Inspector>): void {
    Object.assign(this, change)
    this.#draw()
  }

  /** Goes where an address points. */
  goTo(hash: string): void {
    const { tab, view, beacon, field } = readPlace(hash)
    this.update({ tab, pointedAt: field })
    this.#revealed = undefined
    if (tab === 'pages') this.refreshPages()
    if (view !== undefined && view !== this.shown?.summary.n) {
      this.isFollowing = false
      void this.show(view)
    }
    if (beacon) void this.#goToBeacon(beacon)
  }

  /** Shows a view that was chosen by hand, and no longer the newest one. */
  choose(view: number): void {
    this.update({ isFollowing: false, isListShown: false })
    history.replaceState(null, '', `#view=${view}`)
    void this.show(view)
  }

  /** The same by its position in its session; its row may be ahead of what is known of it. */
  async chooseAt(session: number, position: number): Promise<void> {
    const path = `sessions/${session}/views?from=${position}&to=${position + 1}`
    const [view] = await this.#receiver.get<ViewSummary[]>(path).catch(unlessAway)
    if (view) this.choose(view.n)
  }

  follow(isFollowing: boolean): void {
    this.update({ isFollowing, isListShown: false })
    history.replaceState(null, '', location.pathname)
    if (isFollowing && this.totals?.views) void this.show(this.totals.views - 1)
  }

  async show(view: number): Promise<void> {
    if (view === this.shown?.summary.n) return
    await this.#load(view, false)
  }

  openTo(session: number | undefined): void {
    if (session === this.openSession) return
    this.openSession = session
    this.views = this.#viewsOf(session ?? -1)
    this.#draw()
  }

  refreshPages(): void {
    this.#pagesAt = Date.now()
    this.pages.clear()
    this.#draw()
  }

  get treeSize(): number {
    return treeSize(this.totals?.sessions ?? 0, this.#openViews)
  }

  treeRow(index: number): TreeRow {
    return treeRow(index, this.totals?.sessions ?? 0, this.#openViews)
  }

  /** Where a row of the tree is; -1 where it is not listed. */
  treeIndex(row: TreeRow | undefined): number {
    return row ? treeRowOf(row, this.totals?.sessions ?? 0, this.#openViews) : -1
  }

  /** Once drawn: brings what a link points at into sight. */
  drawn(root: HTMLElement): void {
    const field = this.pointedAt
    if (!field || !this.shown || this.#revealed === field) return
    const target = root.querySelector(`[data-section="${sectionOf(field)}"]`)
    if (!target) return
    this.#revealed = field
    target.scrollIntoView({ block: 'start' })
  }

  async #goToBeacon(id: string): Promise<void> {
    const found = await this.#receiver.get<ViewSummary>(`find?beacon=${encodeURIComponent(id)}`).catch(() => undefined)
    if (!found) return
    const kind = kindOf(this.pointedAt)
    await this.show(found.n)
    const all = this.shown?.model.happenings ?? []
    this.update({ happening: kind ? all.findLastIndex((each) => each.kind === kind) : -1, isListShown: false })
  }

  get #openViews(): { session: number; views: number } | undefined {
    if (this.openSession === undefined) return undefined
    const views = this.sessions.at(this.openSession)?.views ?? 0
    return { session: this.openSession, views }
  }

  /** A late beacon of an earlier page does not lead back to it. */
  #isNewer(latest: ViewSummary | undefined): boolean {
    if (!this.isFollowing || !latest) return false
    const { summary } = this.shown ?? {}
    return !summary || latest.session !== summary.session || latest.n > summary.n
  }

  /** Fetches a view, or what is new of it. What is wanted in the meantime goes first. */
  async #load(view: number, isUpdate: boolean): Promise<void> {
    if (isUpdate && view !== this.shown?.summary.n) return
    if (!isUpdate) this.#wanted = view
    const isOutdated = () =>
      isUpdate ? view !== this.shown?.summary.n || this.shown.stored.length > stored.length : view !== this.#wanted
    const stored = isUpdate ? [...(this.shown?.stored ?? [])] : []
    try {
      const { view: summary, session } = await this.#receiver.get<Omit<Shown, 'stored'> & { view: ViewSummary }>(
        `views/${view}`,
      )
      for (let total = summary.beacons; stored.length < total; ) {
        const part = await this.#receiver.get<{ total: number; beacons: StoredBeacon[] }>(
          `views/${view}/beacons?from=${stored.length}`,
        )
        total = part.total
        stored.push(...part.beacons)
        if (!part.beacons.length) break
      }
      if (isOutdated()) return
      if (!isUpdate) this.#reset(summary)
      this.problem = ''
      this.shown = { summary: { ...summary, beacons: stored.length }, session, stored, model: viewModel(stored) }
      this.#draw()
    } catch (error) {
      if (!(error instanceof Away)) this.update({ problem: `This view can not be read: ${(error as Error).message}` })
    }
  }

  #reset({ session, position }: ViewSummary): void {
    this.range = undefined
    this.raw = undefined
    this.happening = this.resource = this.beacon = -1
    this.openTo(session)
    this.active = { session, position }
    const index = this.treeIndex(this.active)
    requestAnimationFrame(() => this.#list('tree')?.reveal(index))
  }

  /** The receiver was started anew: its numbers are others if its store is another one. */
  async #findAgain(key: string): Promise<void> {
    const found = await this.#receiver
      .get<ViewSummary>(`find?beacon=${encodeURIComponent(key)}-0`)
      .catch(() => undefined)
    if (!found) {
      this.openTo(undefined)
      this.update({ shown: undefined, active: undefined })
    }
    const newest = (this.totals?.views ?? 0) - 1
    const view = found?.n ?? (this.isFollowing ? newest : -1)
    if (view >= 0) await this.#load(view, false)
  }

  #viewsOf(session: number): Slices<ViewSummary> {
    return new Slices((from, to) => this.#receiver.get(`sessions/${session}/views?from=${from}&to=${to}`), this.#draw)
  }

  #list(id: string): VirtualList | null {
    return document.querySelector<VirtualList>(`virtual-list#${id}`)
  }
}
