import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
}

/** The payload reference as Markdown, one table for each type, written from the doc comments in `src/payload/payload.ts`. */
export const payloadDocs = (schema: Schema & { definitions: Record<string, Schema> }): string => {
  const definitions: Record<string, Schema> = { ...schema.definitions, Payload: schema }
  const shown = new Set<string>()
  const sections: string[] = []
  const queue = ['Payload']
  for (let name = queue.shift(); name; name = queue.shift()) {
    const definition = definitions[name]
    if (shown.has(name) || !definition || !(definition.properties || isNamed(name))) continue
    shown.add(name)
    sections.push(section(name, definition))
    queue.push(...referred(definition))
  }
  return `${head}\n${sections.join('\n')}`
}

const head = `# Payload

\`npm run docs\` writes this page from the doc comments in \`src/payload/payload.ts\`. Do not edit it. It describes every field of a
beacon. \`dist/payload.schema.json\` has the same as a JSON Schema. The README has a beacon as an example. A \`?\` marks a field that is
absent if it has nothing to report.
`

/** A type without fields is no more than what it says of itself. */
const section = (name: string, { description = '', properties, required = [], ...rest }: Schema) =>
  properties
    ? table(name, description, properties, required)
    : `## ${name}\n\n${description}${rest.enum ? ` One of ${type(rest)}.` : ''}\n`

const table = (name: string, description: string, properties: Record<string, Schema>, required: string[]) => `## ${name}

${description}

| field | type | meaning |
|---|---|---|
${Object.entries(properties)
  .map(([field, part]) => `| \`${field}${required.includes(field) ? '' : '?'}\` | ${type(part)} | ${meaning(part)} |`)
  .join('\n')}
`

const meaning = ({ description = '' }: Schema) => description.replaceAll('\n', ' ')

const type = (part: Schema): string => {
  if (part.$ref) return linked(decodeURIComponent(part.$ref.replace('#/definitions/', '')))
  if (part.enum) return part.enum.map((value) => `\`${value}\``).join(', ')
  if (part.const !== undefined) return `\`${part.const}\``
  if (part.anyOf) return part.anyOf.map(type).join(' or ')
  if (part.type === 'array') return `list of ${type(part.items ?? {})}`
  if (part.type === 'object' && typeof part.additionalProperties === 'object') {
    return `${type(part.additionalProperties)} by name`
  }
  if (part.properties)
    return `{ ${Object.entries(part.properties).map(([name, inside]) => `\`${name}\`: ${type(inside)}`)} }`
  return [part.type ?? 'any'].flat().join(' or ')
}

const linked = (name: string) => `[${name}](#${name.toLowerCase()})`

/** Whether it is a type of the source, not one that the schema has put together. */
const isNamed = (name: string) => /^[A-Z]\w*$/.test(name)

const referred = (part: Schema | boolean | undefined): string[] =>
  typeof part !== 'object'
    ? []
    : [
        ...(part.$ref ? [decodeURIComponent(part.$ref.replace('#/definitions/', ''))] : []),
        ...[
          ...Object.values(part.properties ?? {}),
          ...(part.anyOf ?? []),
          part.items,
          part.additionalProperties,
        ].flatMap(referred),
      ]

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const schema = JSON.parse(readFileSync('dist/payload.schema.json', 'utf8'))
  writeFileSync('docs/payload.md', payloadDocs(schema))
}
