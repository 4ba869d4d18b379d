import { Ajv, type ErrorObject } from 'ajv'
import type { Payload } from '../../src/payload/payload.ts'
import { Refusal } from '../refusal.ts'
import { ajvOptions, type PayloadSchema } from './payloadSchema.ts'

/** Makes a check of a text that is to be a beacon: it returns the payload, or says where and why it is none. */
export function checkPayload(schema: PayloadSchema): (text: string) => Payload {
  const matches = new Ajv(ajvOptions).compile<Payload>(schema)
  return (text) => {
    if (Buffer.byteLength(text) > schema['x-bytes']) throw tooLarge(schema['x-bytes'])
    const value = parsePayload(text, schema['x-depth'])
    if (!matches(value)) throw notABeacon(matches.errors)
    return value
  }
}

/** Parses JSON of at most so many levels, in which all numbers are finite; what the schema says is checked after it. */
export function parsePayload(text: string, depth: number): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${brief((error as Error).message)}`)
  }
  const fault = faultIn(value, depth)
  if (fault) throw new Refusal(400, `Not a beacon: ${fault.path || '/'} ${fault.reason}`)
  return value
}

/** Says where a payload does not match the schema, what was given, and what is expected. */
export function notABeacon(errors: ErrorObject[] | null | undefined): Refusal {
  const [error] = errors ?? []
  if (!error) return new Refusal(400, 'Not a beacon: it does not match the schema')
  const { instancePath, message, params, data } = error
  const expected = params.allowedValues ? `${message}: ${params.allowedValues.join(', ')}` : message
  return new Refusal(400, `Not a beacon: ${shortened(instancePath) || '/'} ${expected}; got ${brief(data)}`)
}

export function tooLarge(limit: number): Refusal {
  return new Refusal(413, `A beacon has at most ${limit} bytes after unpacking; this one has more`)
}

interface Fault {
  path: string
  reason: string
}

/** Looks no further than `depth`, so that no nesting exhausts the stack; the path is put together on the way back. */
function faultIn(value: unknown, depth: number): Fault | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : { path: '', reason: 'must be a finite number' }
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === 0) return { path: '', reason: 'must not be nested that deeply' }
  for (const name in value) {
    const fault = faultIn((value as Record<string, unknown>)[name], depth - 1)
    if (fault) return { ...fault, path: `/${shortened(name)}${fault.path}` }
  }
  return undefined
}

const shortened = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text)

function brief(data: unknown): string {
  if (data === null) return 'null'
  if (Array.isArray(data)) return `an array of ${data.length}`
  if (typeof data === 'object') return 'an object'
  return shortened(
    typeof data === 'string' && data.length > 60 ? `a text of ${data.length} characters` : `${JSON.stringify(data)}`,
  )
}
