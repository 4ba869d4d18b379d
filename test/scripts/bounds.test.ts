import { expect, test } from 'vitest'
import { bounds, type Schema } from '../../scripts/bounds.ts'
import { payloadSchema } from '../../scripts/schema.ts'
import { limit } from '../../src/payload/budget.ts'
import { mostItems } from '../../src/payload/quota.ts'
import { toJson } from '../../src/payload/toJson.ts'
import { mostBytes } from '../../src/sinks/delivery/envelope.ts'

const schema: Schema = payloadSchema()

/** All parts of the schema, each with where it is. */
const parts = (part: unknown, at = ''): [at: string, part: Schema][] =>
  typeof part !== 'object' || part === null
    ? []
    : [[at, part as Schema], ...Object.entries(part).flatMap(([name, inside]) => parts(inside, `${at}/${name}`))]

const ofType = (type: string) =>
  parts(schema).filter(([, part]) => [part.type ?? []].flat().includes(type) && part.enum === undefined)

test('bounds every text, list and number of a beacon; JSON of the page keeps its numbers', () => {
  const unbounded = [
    ...ofType('string').filter(([, { maxLength }]) => maxLength === undefined),
    ...ofType('array').filter(([, { maxItems }]) => maxItems === undefined),
    ...['number', 'integer']
      .flatMap(ofType)
      .filter(([, { minimum, maximum }]) => minimum === undefined || maximum === undefined),
  ]
  expect(unbounded.map(([at]) => at)).toEqual(['/definitions/Json/anyOf/1'])
  expect(ofType('string').length).toBeGreaterThan(40)
})

test('has only patterns without repetition inside a repetition', () => {
  const patterns = parts(schema).flatMap(([, { pattern }]) => (typeof pattern === 'string' ? [pattern] : []))
  expect(new Set(patterns)).toEqual(new Set(['^[A-Za-z0-9._:-]+$']))
})

test('bounds no less than the client does', () => {
  expect(bounds.bytes).toBeGreaterThan(mostBytes)
  expect(bounds.items).toBeGreaterThanOrEqual(mostItems)
  const deep = (levels: number): unknown => (levels ? { a: deep(levels - 1) } : 'x'.repeat(10_000))
  const levels = (value: unknown): number =>
    typeof value === 'object' && value ? 1 + Math.max(0, ...Object.values(value).map(levels)) : 0
  // the payload, its view, a list, an item, and what that has
  expect(levels(toJson(deep(20))) + 5).toBeLessThanOrEqual(bounds.depth)
  expect(JSON.stringify(toJson('x'.repeat(1e5))).length - 2).toBeLessThanOrEqual(bounds.text)
  expect(limit.text).toBeLessThan(bounds.name)
})
