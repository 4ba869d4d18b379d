import { readFileSync } from 'node:fs'

interface Schema {
  $ref?: string
  description?: string
  properties?: Record<string, Schema>
  items?: Schema
}

/** Every field of a payload that holds a value, as `view.longTasks[].name`, read off `dist/payload.schema.json`. */
export function fieldPaths(): string[] {
  const file = new URL('../../dist/payload.schema.json', import.meta.url)
  const schema: Schema & { definitions: Record<string, Schema> } = JSON.parse(readFileSync(file, 'utf8'))
  const walk = (part: Schema, path: string): string[] => {
    // one type for all vitals; what each has of it is in its description: Its `target`, `url` …
    if (part.$ref?.endsWith('/Attribution')) return namesIn(part).map((name) => `${path}.${name}`)
    if (part.$ref) return walk(schema.definitions[part.$ref.replace('#/definitions/', '')] ?? {}, path)
    if (part.items?.$ref) return walk(part.items, `${path}[]`)
    if (!part.properties) return [path]
    return Object.entries(part.properties).flatMap(([name, inside]) => walk(inside, path ? `${path}.${name}` : name))
  }
  return walk(schema, '')
}

const namesIn = ({ description = '' }: Schema) => [...description.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)
