import { measures, type SessionSummary, type Totals, type ViewSummary } from '../inspector/summaries.ts'

/** The rows that a summary is made of. */
export const columns = {
  totals: `SELECT run, sessions, views, beacons, bytes, lost, duplicates,
    ifnull((SELECT min(n) FROM sessions), next_session), ifnull((SELECT max(n) FROM views), -1) FROM totals`,
  sessions: 'SELECT n, id, start_time, last_at, views, beacons, bytes, lost, errors, browser, device FROM sessions',
  views: `SELECT n, key, session, position, page, start_time, last_at, beacons, bytes, lost, errors, ${measures} FROM views`,
}

export function totalsOf([run, ...numbers]: [run: string, ...numbers: number[]]): Totals & { run: string } {
  const [sessions = 0, views = 0, beacons = 0, bytes = 0, lost = 0, duplicates = 0, firstSession = 0, newestView = -1] =
    numbers
  return { run, firstSession, newestView, sessions, views, beacons, bytes, lost, duplicates }
}

export function sessionOf(row: unknown): SessionSummary {
  const [n, id, startTime, lastAt, views, beacons, bytes, lost, errors, browser, device] = row as never[]
  return { n, id, startTime, lastAt, views, beacons, bytes, lost, errors, browser, device } as unknown as SessionSummary
}

export function viewOf(row: unknown): ViewSummary {
  const [n, key, session, position, page, startTime, lastAt, beacons, bytes, lost, errors, ...values] = row as never[]
  const measured = Object.fromEntries(
    measures.flatMap((name, index) => (values[index] === null ? [] : [[name, values[index]]])),
  )
  return {
    n,
    key,
    session,
    position,
    page,
    startTime,
    lastAt,
    beacons,
    bytes,
    lost,
    errors,
    measured,
  } as unknown as ViewSummary
}
