/**
 * `npm run browsers`: puts what the last run of `test/engines/fields.test.ts` saw arrive, in each engine, into
 * `docs/browsers.md`, between its two marks.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** `.crum/engines.json`: by engine, its version, and by field `value` or the empty value as JSON, or `absent`. */
export type Arrivals = Record<string, { version: string; fields: Record<string, string> }>

export const marks = ['<!-- arrived -->', '<!-- /arrived -->'] as const

/** One row for each field. Fields of one object with the same cells share a row. */
export const arrivalsTable = (arrivals: Arrivals): string => {
  const engines = Object.values(arrivals)
  const paths = Object.keys(engines[0]?.fields ?? {})
  const rows = new Map<string, string[]>()
  for (const path of paths) {
    const cells = engines.map(({ version, fields }) => {
      const arrived = fields[path]
      if (arrived === undefined)
        throw new Error(`${path} was expected to be seen in ${version}: run the tests of all engines first`)
      return arrived === 'value' ? '✓' : arrived === 'absent' ? 'absent' : `\`${arrived.replaceAll('"', "'")}\``
    })
    const parent = path.slice(0, path.lastIndexOf('.'))
    const key = [parent, ...cells].join(' | ')
    rows.set(key, [...(rows.get(key) ?? []), path.slice(parent.length + 1)])
  }
  return [
    `| field | ${engines.map(({ version }) => version).join(' | ')} |`,
    `|---|${engines.map(() => '---|').join('')}`,
    ...[...rows].map(([key, names]) => {
      const [parent, ...cells] = key.split(' | ')
      const [first, ...others] = names
      return `| \`${parent}.${first}\`${others.map((name) => `, \`.${name}\``).join('')} | ${cells.join(' | ')} |`
    }),
  ].join('\n')
}

/** The text with everything between its marks replaced. */
export const withArrivals = (text: string, table: string): string => {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number]
  if (start < 0 || end < start) throw new Error(`the text was expected to have ${marks.join(' and ')}`)
  return `${text.slice(0, start + marks[0].length)}\n\n${table}\n\n${text.slice(end)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const arrivals: Arrivals = JSON.parse(readFileSync('.crum/engines.json', 'utf8'))
  writeFileSync('docs/browsers.md', withArrivals(readFileSync('docs/browsers.md', 'utf8'), arrivalsTable(arrivals)))
}
