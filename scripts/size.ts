/**
 * Weighs `dist/crum.js` and its parts, writes `dist/size.json`, and fails when the script is over its budget. A part's
 * brotli bytes are what the script would be smaller by without it; parts share words, so these do not add up.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { decodedMappings, TraceMap } from '@jridgewell/trace-mapping'

const limit = 29_100
const aim = 19_000

const dist = new URL('../dist/', import.meta.url)
const script = read('crum.js').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '')
const pieces = split(script, new TraceMap(read('crum.js.map')))

const total = { minified: bytes(script), gzip: gzip(script), brotli: brotli(script) }
const parts = [...new Set(pieces.map(({ part }) => part))]
  .map((part) => ({
    part,
    minified: bytes(join((piece) => piece.part === part)),
    brotli: total.brotli - brotli(join((piece) => piece.part !== part)),
  }))
  .sort((a, b) => b.minified - a.minified)

writeFileSync(new URL('size.json', dist), `${JSON.stringify({ ...total, limit, aim, parts }, null, 2)}\n`)

row('', 'minified', 'gzip', 'brotli')
row('dist/crum.js', total.minified, total.gzip, total.brotli)
for (const { part, minified, brotli } of parts) row(`  ${part}`, minified, '', brotli)
console.log(`Parts: brotli bytes that the script would be smaller by without them. Limit ${n(limit)}, aim ${n(aim)}.`)
if (total.brotli > limit) {
  console.error(`dist/crum.js is ${n(total.brotli)} bytes of brotli, ${n(total.brotli - limit)} over its ${n(limit)}.`)
  process.exitCode = 1
}

/** The script cut up by the package that each stretch of it comes from, as its source map says. */
function split(code: string, map: TraceMap): { part: string; text: string }[] {
  const mappings = decodedMappings(map)
  return code.split(/(?<=\n)/).flatMap((line, number) => {
    const segments = mappings[number] ?? []
    const first = { part: 'glue', text: line.slice(0, segments[0]?.[0]) }
    const rest = segments.map(([column, source], i) => ({
      part: source === undefined ? 'glue' : packageOf(map.sources[source]),
      text: line.slice(column, segments[i + 1]?.[0]),
    }))
    return [first, ...rest].filter(({ text }) => text)
  })
}

/** `…/node_modules/rxjs/dist/…` → `rxjs`; our own files are `crum`. */
function packageOf(source: string | null | undefined): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source ?? '') ?? []
  return name ?? (source ? 'crum' : 'glue')
}

function join(which: (piece: (typeof pieces)[number]) => boolean): string {
  return pieces
    .filter(which)
    .map(({ text }) => text)
    .join('')
}

function read(name: string): string {
  const file = new URL(name, dist)
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`${fileURLToPath(file)} was expected to be there: run npm run build first`, { cause })
  }
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}

function gzip(text: string): number {
  return gzipSync(text, { level: 9 }).length
}

function brotli(text: string): number {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes(text) }
  return brotliCompressSync(text, { params }).length
}

function row(name: string, ...figures: (string | number)[]): void {
  console.log(
    name.padEnd(16),
    ...figures.map((figure) => (typeof figure === 'number' ? n(figure) : figure).padStart(10)),
  )
}

function n(figure: number): string {
  return figure.toLocaleString('en')
}
