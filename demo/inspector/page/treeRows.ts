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
