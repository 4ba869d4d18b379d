import { limit } from '../src/payload/budget.ts'
import { mostItems, timesEntries } from '../src/payload/quota.ts'
import { mostBytes } from '../src/sinks/delivery/envelope.ts'

/**
 * How large each part of a beacon may be. What the client bounds itself is taken from there; a text that it has shortened
 * ends in one `…` more.
 */
export const bounds = {
  /** Bytes of a beacon after unpacking: the client sends 60,000 at most, and browsers no more than 64 KiB. */
  bytes: Math.max(64 * 1024, mostBytes),
  /** Levels of objects and lists: the client's copies of a page's values, and what they lie in. */
  depth: limit.depth + 10,
  /** Characters of any text, and of any name. */
  text: limit.total + 1,
  name: limit.text + 1,
  /** Items of any list, properties of any object that is one by name. */
  items: mostItems * timesEntries,
  /** What says which beacon and which session it is. */
  id: { maxLength: 100, pattern: '^[A-Za-z0-9._:-]+$' },
}

/** What numbers can mean: from and to, both included. */
const ranges = {
  /** Epoch ms, up to the year 2286. */
  epoch: { type: 'integer', minimum: 0, maximum: 1e13 },
  /** Milliseconds on a page's clock, three years either way: what a browser subtracts wrongly is not lost. */
  ms: { type: 'number', minimum: -1e11, maximum: 1e11 },
  count: { type: 'integer', minimum: 0, maximum: 1e9 },
  bytes: { type: 'number', minimum: 0, maximum: 1e16 },
}

/** Numbers that are no times on a page's clock, by where they are. */
const numbers: Record<string, Schema> = {
  'Session.startTime': ranges.epoch,
  'Session.lastLoop': ranges.epoch,
  'Session.duration': ranges.count,
  'View.startTime': ranges.epoch,
  'View.usedMemory': ranges.bytes,
  'ResourceCount.count': ranges.count,
  'Resource.transferSize': ranges.bytes,
  'Resource.encodedBodySize': ranges.bytes,
  'Resource.decodedBodySize': ranges.bytes,
  'Resource.responseStatus': { type: 'integer', minimum: 0, maximum: 65_535 },
  'FrameRate.fps': { type: 'number', minimum: 0, maximum: 100_000 },
  'PageError.line': ranges.count,
  'PageError.column': ranges.count,
  'Beacon.seq': ranges.count,
  'Beacon.dropped': ranges.count,
}

/** Texts that name something, by where they are: a session and a beacon in characters that need no care anywhere. */
const texts: Record<string, Schema> = {
  'Session.id': bounds.id,
  'Beacon.id': bounds.id,
  'Beacon.version': { maxLength: 50 },
  'View.id': { maxLength: bounds.name },
  'Metrics.navigationType': { maxLength: 100 },
}

export interface Schema {
  type?: string | string[]
  enum?: unknown[]
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  definitions?: Record<string, Schema>
  [keyword: string]: unknown
}

/** The same schema with a bound for each text, number and list in it. JSON of the page's own keeps its numbers. */
export const bounded = ({ definitions = {}, ...schema }: Schema): Schema => ({
  ...within(schema, 'Payload'),
  definitions: Object.fromEntries(Object.entries(definitions).map(([name, part]) => [name, within(part, name)])),
})

/** `Beacon` as a place is an object's, `Beacon.id` a property's; what is deeper inside counts as that property. */
const within = (schema: Schema, place: string): Schema => {
  const at = (name: string) => (place.includes('.') ? place : `${place}.${name}`)
  const { anyOf, items, properties, additionalProperties: others } = schema
  return {
    ...schema,
    ...ofType(schema, place),
    ...(anyOf && { anyOf: anyOf.map((each) => within(each, place)) }),
    ...(items && { items: within(items, place) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, within(part, at(name))])),
    }),
    ...(others && typeof others === 'object' && { additionalProperties: within(others, place) }),
  }
}

const ofType = ({ type, enum: values, additionalProperties }: Schema, place: string): Schema => {
  const types = [type ?? []].flat()
  const isAnyJson = place === 'Json'
  return {
    ...(types.includes('string') && !values && (texts[place] ?? { maxLength: bounds.text })),
    ...(types.includes('array') && { maxItems: bounds.items }),
    ...(types.includes('object') && {
      maxProperties: bounds.items,
      ...(typeof additionalProperties === 'object' && { propertyNames: { maxLength: bounds.name } }),
    }),
    ...(types.includes('number') && !isAnyJson && withType(numbers[place] ?? ranges.ms, types)),
  }
}

/** A number that may be something else as well, `null` say, still may. */
const withType = (range: Schema, types: string[]): Schema =>
  types.length > 1
    ? { ...range, type: types.map((type) => (type === 'number' ? (range.type as string) : type)) }
    : range
