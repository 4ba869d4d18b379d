import { Ajv, type ErrorObject } from 'ajv'
import type { Payload } from '../src/payload/payload.ts'
import { Refusal } from './refusal.ts'

/** Makes a check by a JSON schema: it returns the payload that a text holds, or says where and why it is none. */
export function checkPayload(schema: object): (text: string) => Payload {
  const matches = new Ajv({ strict: false, verbose: true }).compile<Payload>(schema)

  return (text) => {
    const value = parse(text)
    if (!shallowEnough(() => matches(value))) throw new Refusal(400, `Not a beacon: ${reason(matches.errors?.[0])}`)
    return value as Payload
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${(error as Error).message}`)
  }
}

/** The schema is recursive: a megabyte of brackets would exhaust the stack. */
function shallowEnough(check: () => boolean): boolean {
  try {
    return check()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(400, 'Not a beacon: nested too deeply')
    throw error
  }
}

function reason(error: ErrorObject | undefined): string {
  if (!error) return 'it does not match the schema'
  const { instancePath, message, params, data } = error
  const expected = params.allowedValues ? `${message}: ${params.allowedValues.join(', ')}` : message
  return `${instancePath || '/'} ${expected}; got ${brief(data)}`
}

function brief(data: unknown): string {
  if (data === null) return 'null'
  if (Array.isArray(data)) return 'an array'
  if (typeof data === 'object') return 'an object'
  return JSON.stringify(data).slice(0, 60)
}
