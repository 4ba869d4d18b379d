import { causesOf, isError, type RawCause, stackOf } from './causes.ts'
import { messageOf } from './messageOf.ts'
import type { PageError } from './payload.ts'
import { stringify } from './stringify.ts'
import { toJson } from './toJson.ts'
import { tryOr } from './tryOr.ts'

/** What is told of a thrown value. */
export type Thrown = Pick<PageError, 'message' | 'stack' | 'causes'>

/**
 * The message, the stack and the causes of a thrown value, which may be anything. What is no error is told by its content.
 * `said` is what the browser says of an error that nobody has caught.
 */
export const thrown = (value: unknown, said?: string): Thrown => {
  const { causes, ...texts } = toJson(partsOf(value, said)) as unknown as { causes?: RawCause[] }
  // a list that was too long ends in a text
  const listed = Array.isArray(causes) ? causes.filter((cause) => typeof cause === 'object').map(textsOf) : []
  const { message, stack } = textsOf(texts)
  return {
    message: message === '{}' && !isError(value) ? textWithoutContent(value) : message,
    stack,
    ...(listed[0] && { causes: listed }),
  }
}

/** What has no content may say by a `toString` of its own what it is. */
const textWithoutContent = (value: unknown): string => {
  const said = textOf(messageOf(value))
  return !said || /^\[(object|unreadable)/.test(said) ? '{}' : said
}

/** Each part is looked at on its own: any may throw. */
const partsOf = (value: unknown, said?: string) => ({
  get message() {
    if (value == null) return said ?? `${value}`
    if (!isError(value)) return value
    const { message } = value
    // of a message that is worked out, or is no text, some browsers say nothing but the name
    if (typeof message === 'string' && /: *\S/.test(`${said}`)) return said
    if (typeof message === 'string' && message && !said) return namedBy(value, message)
    // what only calls itself an error may tell more by its content
    return message || said || value.name || value
  },
  get stack() {
    return isError(value) ? stackOf(value) : ''
  },
  get causes() {
    return causesOf(value)
  },
})

/** A message with the name of its error, where no stack begins with it: only V8 writes it there, and not for a DOMException. */
const namedBy = (error: Error, message: string): string =>
  tryOr(() => {
    const { name } = error
    const isUsual = typeof name !== 'string' || /^(Error)?$/.test(name)
    const isTold = isUsual || message.includes(name) || stackOf(error).startsWith(name)
    return isTold ? message : `${name}: ${message}`
  }, message)

const textsOf = ({ type, message, stack }: Partial<RawCause>) => ({
  type: textOf(type),
  message: textOf(message),
  stack: textOf(stack),
})

/** Any value as a text: what is none as its bounded JSON. */
export const textOf = (value: unknown): string => {
  const copied = toJson(value ?? '')
  return typeof copied === 'string' ? copied : stringify(copied)
}
