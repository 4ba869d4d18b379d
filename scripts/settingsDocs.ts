import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { settings } from '../src/settings.ts'

/** A setting as its doc comment tells of it. */
export interface Documented {
  name: string
  type: string
  meaning: string
  /** As written in the comment: code, or words where there is no value. */
  standard: string
  /** A value, as code. */
  example: string
}

/** The settings in the source text of `src/settings.ts`, in its order. */
export const documented = (source: string): Documented[] => {
  const body = /export interface Settings {\n(.*?)^}/ms.exec(source)?.[1] ?? ''
  return [...body.matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+): (.*)/g)].map(([, comment = '', name = '', type = '']) => {
    const text = comment.replace(/\s*\*\s/g, ' ').trim()
    const [meaning = '', standard = '', example = ''] = text.split(/ @\w+ /)
    return { name, type, meaning, standard, example }
  })
}

/** The settings reference as Markdown, written from the doc comments, and from what the check itself says of wrong values. */
export const settingsDocs = (source: string): string => {
  const all = documented(source)
  return `${head}\n${overview(all)}\n${all.map(section).join('\n')}`
}

const head = `# Settings

\`npm run docs\` writes this page from the doc comments in \`src/settings.ts\`. Do not edit it.

Settings change what the client collects and sends. Set them in the page before the script loads, or pass them to \`collect()\`:

\`\`\`js
CRUM = { samplingRate: 3000, labels: 'env=production' }
\`\`\`

- The client reads settings once, when it starts. A later change does nothing. \`undefined\` counts as not set.
- If a setting has another type, is out of bounds, or throws as the client reads it, the client uses its default, or \`pending\` for
  \`consent\`. It ignores an unknown setting. The console shows one error, and \`debug$\` shows an \`error\`. All other settings apply.
- \`'5'\` is not 5, and \`1\` is not \`true\`. A \`CRUM\` that is not an object (\`CRUM = 7\`) is an error as well.
`

const overview = (all: Documented[]) => `| setting | type | default |
|---|---|---|
${all.map(({ name, type, standard }) => `| [\`${name}\`](#${name.toLowerCase()}) | ${cell(type)} | ${asCode(standard)} |`).join('\n')}
`

const section = ({ name, type, meaning, standard, example }: Documented) => `## ${name}

${meaning}

| type | default | takes | a wrong value |
|---|---|---|---|
| ${cell(type)} | ${asCode(standard)} | ${takes(name, type)}${unit(meaning)} | \`${complaint(name, wrong(type))}\` |

\`\`\`js
CRUM = { ${name}: ${example} }
\`\`\`
`

/** What the check says of a value; empty where it takes it. */
const complaint = (name: string, value: unknown) => {
  let said = ''
  settings({ [name]: value }, '', (words) => {
    said = `crum: setting ${words}`
  })
  return said
}

/** A value that a careless hand may give. */
const wrong = (type: string) =>
  /^(string|labels)/.test(type) ? 7 : type === 'boolean' ? 'yes' : type.startsWith("'") ? 'maybe' : 'fast'

const takes = (name: string, type: string) => {
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'string | string[]') return 'a text, or a list of texts'
  if (type === 'string') return 'a text'
  if (type.startsWith("'")) return type.replaceAll(/'\w+'/g, '`$&`').replaceAll(' | ', ', ')
  if (type !== 'number') return 'a function'
  const [, least = '', most = ''] = /expected (\S+) to (\S+)$/.exec(complaint(name, -1)) ?? []
  const bounds = (from: string) => `from ${from} to ${Number(most).toLocaleString('en')}`
  return complaint(name, 1.5).includes('whole') ? `a whole number ${bounds('1')}` : `a number ${bounds(least)}`
}

/** The unit that the meaning names. */
const unit = (meaning: string) => / (ms|seconds)[.:]/.exec(meaning)?.[0].replace(/[.:]/, '') ?? ''

const cell = (type: string) => `\`${type.replaceAll('|', '\\|')}\``

const asCode = (standard: string) => (isCode(standard) ? `\`${standard}\`` : standard)

const isCode = (standard: string) => /^('.*'|true|false|[\d.]+)$/.test(standard)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('docs/settings.md', settingsDocs(readFileSync('src/settings.ts', 'utf8')))
}
