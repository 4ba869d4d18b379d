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
| type | fields | meaning |
|---|---|---|
${documentedSteps(source)
  .map(({ type, details, meaning }) => `| \`${type}\` | ${fields(details)} | ${meaning} |`)
  .join('\n')}
`

const head = `# Steps

\`npm run docs\` writes this page from the doc comments in \`src/devtools/step.ts\`. Do not edit it.

\`CRUM.debug$\` shows what the client does, step by step. Each step is a plain object \`{ type, timeStamp, … }\`, with \`timeStamp\` in ms
from the navigation start:

\`\`\`js
CRUM.debug$.filter('send', 'sent').subscribe(console.log)
\`\`\`

- A subscriber gets the last 200 steps first. These have no payloads and no values. With \`?debug=1\` or \`?debug=dry\` in the address, it
  gets the last 10,000, complete.
- The stream has single readings only while it has a subscriber.
- \`settings\` and \`payload\` are the client's own objects. Read them, but do not change them.
- \`CRUM.status()\` counts these steps. On a page with a longer history, it counts from the oldest of these steps, and prints so.
  A source without a later step is \`unknown\` then.
- Its \`ms\` are the time between a \`sample\` and its \`send\` or \`skip\`. They do not include sources, observers, storage and requests.
- With several sinks, each one reports \`sent\` and \`drop\` for every beacon.
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
