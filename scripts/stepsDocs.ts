import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/** A type of step as its doc comment tells of it. */
export interface DocumentedStep {
  type: string
  /** What it has beside `type` and `timeStamp`, as its TypeScript type says. */
  details: string
  meaning: string
}

/** The types of steps in the source text of `src/devtools/step.ts`, in its order. */
export const documentedSteps = (source: string): DocumentedStep[] => {
  const body = /export interface StepTypes {\n(.*?)^}/ms.exec(source)?.[1] ?? ''
  return [...body.matchAll(/\/\*\*(.*?)\*\/\s*(\w+): (.*?)\n(?= {2}\/\*\*|$)/gs)].map(
    ([, comment = '', type = '', details = '']) => ({
      type,
      details: details.replace(/\s+/g, ' ').trim(),
      meaning: comment.replace(/\s*\*\s/g, ' ').trim(),
    }),
  )
}

/** The reference of the debug stream as Markdown. */
export const stepsDocs = (source: string): string => `${head}
| type | what it has | meaning |
|---|---|---|
${documentedSteps(source)
  .map(({ type, details, meaning }) => `| \`${type}\` | ${fields(details)} | ${meaning} |`)
  .join('\n')}
`

const head = `# Steps

Written by \`npm run docs\` from the doc comments in \`src/devtools/step.ts\`; do not edit.

\`CRUM.debug$\` is an observable of plain objects \`{ type, timeStamp, … }\`, \`timeStamp\` in ms from the navigation start. Who
subscribes gets the last 200 steps first, with \`?debug\` in the address the last 10,000. A step is no copy: \`settings\` and
\`payload\` are those of the client, to be looked at and not to be changed. \`CRUM.debug$.filter('send', 'sent')\` narrows it.

\`CRUM.status()\` counts these steps. In a page that has lived for longer than the script remembers, it counts from the first
step that is left, says so, and gives \`unknown\` as the state of each source that has told nothing since. Its \`ms\` are those
between the \`sample\` and its \`send\` or \`skip\`: what sources, observers, the journal and requests take is not in them. With
several sinks, each of them tells \`sent\` and \`drop\` of every beacon.
`

/** Names of an object type; one that has a name of its own stands for its fields. */
const fields = (details: string) =>
  details
    .split(' & ')
    .map((part) =>
      part.startsWith('{')
        ? [...part.matchAll(/(\w+\??):/g)].map(([, name]) => `\`${name}\``).join(', ')
        : (references[part] ?? ''),
    )
    .join(', ')

const references: Record<string, string> = {
  Session: 'the fields of [Session](payload.md#session)',
  Beacon: 'the fields of [Beacon](payload.md#beacon)',
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync('docs/steps.md', stepsDocs(readFileSync('src/devtools/step.ts', 'utf8')))
}
