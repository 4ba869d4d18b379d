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

/** The payload reference as Markdown, one table for each type, written from the doc comments in `src/sinks/payload.ts`. */
export const payloadDocs = (schema: Schema & { definitions: Record<string, Schema> }): string => {
  const definitions: Record<string, Schema> = { ...schema.definitions, Payload: schema }
  const shown = new Set<string>()
  const sections: string[] = []
  const queue = ['Payload']
  for (let name = queue.shift(); name; name = queue.shift()) {
    const definition = definitions[name]
    if (shown.has(name) || !definition?.properties) continue
    shown.add(name)
    sections.push(section(name, definition))
    queue.push(...referred(definition))
  }
  return `${head}\n${sections.join('\n')}`
}

const head = `# Payload

Written by \`npm run docs\` from the doc comments in \`src/sinks/payload.ts\`; do not edit. \`dist/payload.schema.json\` is the
same as a JSON Schema. A \`?\` marks what is only there when there is something to say.
`

const section = (name: string, { description, properties = {}, required = [] }: Schema) => `## ${name}

${description ?? ''}

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
  return [part.type ?? 'any'].flat().join(' or ')
}

const linked = (name: string) => (/^[A-Z]\w*$/.test(name) ? `[${name}](#${name.toLowerCase()})` : 'object')

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
