/** A row of the tree: a session by its number, or one of its views by its position in it. */
export interface TreeRow {
  session: number
  position?: number
}

/** The session that is open, and how many views it has. */
export interface Open {
  session: number
  views: number
}

/** The rows of the tree. */
export interface Tree {
  open: Open | undefined
  /** How many there are, and the number of the oldest. */
  sessions: number
  first: number
  size: number
  at(index: number): TreeRow
  /** Where a row is; -1 where it is not listed. */
  indexOf(row: TreeRow | undefined): number
}

/** The tree of so many sessions, one of which may be open; `first` is the number of the oldest. */
export const tree = (sessions: number, open: Open | undefined, first = 0): Tree => {
  const from = (row: TreeRow, by: number) => ({ ...row, session: row.session + by })
  const shifted = open && { ...open, session: open.session - first }
  return {
    sessions,
    first,
    open,
    size: treeSize(sessions, open),
    at: (index) => from(treeRow(index, sessions, shifted), first),
    indexOf: (row) => (row && row.session >= first ? treeRowOf(from(row, -first), sessions, shifted) : -1),
  }
}

/** Rows of the tree: all sessions, and the views of the open one. */
export function treeSize(sessions: number, open: Open | undefined): number {
  return sessions + (open?.views ?? 0)
}

/** What is in a row: the newest session first, and below the open one its views, the newest first. */
export function treeRow(index: number, sessions: number, open: Open | undefined): TreeRow {
  if (!open) return { session: sessions - 1 - index }
  const head = sessions - 1 - open.session
  if (index <= head) return { session: sessions - 1 - index }
  if (index <= head + open.views) return { session: open.session, position: open.views - (index - head) }
  return { session: sessions - 1 - (index - open.views) }
}

/** Where it is; -1 where it is a view of a session that is not open. */
export function treeRowOf({ session, position }: TreeRow, sessions: number, open: Open | undefined): number {
  const head = sessions - 1 - session
  if (position !== undefined) return open?.session === session ? head + open.views - position : -1
  return open && session < open.session ? head + open.views : head
}
