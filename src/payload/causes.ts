import { tryOr } from './tryOr.ts'
import { safeUrls } from './urls.ts'

/** One error behind another, as the page has it. */
export interface RawCause {
  /** `TypeError`, or the kind of value: `Object`, `String` … */
  type: unknown
  /** The message of an error, else the value itself. */
  message: unknown
  stack: unknown
}

/** How far from an error its causes are followed, and how many there are at most. */
const most = { levels: 3, causes: 10 }

/** What an error refers to: its `cause`, the `errors` of an AggregateError, and the two halves of a SuppressedError. */
export const causeNames = ['cause', 'errors', 'error', 'suppressed']

/** What a value is by its own account: `Error`, `Response`, `Object`. */
export const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1)

/** Whether a value is an error, of whatever document. Reads no property of it. */
export const isError = (value: unknown): value is Error =>
  tryOr(() => /Error|Exception/.test(tagOf(value)) || value instanceof Error, false)

/** The most of a message in a stack: V8 begins a stack with it, and there is to be room for the frames. */
const mostInStack = 500

/** The stack of an error; empty where a page has made something else of it. */
export const stackOf = ({ stack, message }: Error): string => {
  if (typeof stack !== 'string') return ''
  const isLong = typeof message === 'string' && message.length > mostInStack
  // what is hidden in its URLs is removed first: a part of it could no longer be told from anything else
  const head = () => `${safeUrls(message.slice(0, mostInStack * 8)).slice(0, mostInStack)}…`
  return isLong ? stack.replace(message, head) : stack
}

/** What led to an error, nearest first, three levels deep, each value once; `undefined` if there is nothing. */
export const causesOf = (error: unknown): RawCause[] | undefined => {
  const found = new Set([error])
  let level = [error]
  for (let depth = 0; depth < most.levels && found.size <= most.causes; depth++) {
    level = level.filter(isError).flatMap(behind)
    for (const cause of level) found.add(cause)
  }
  const causes = [...found].slice(1, most.causes + 1)
  return causes.length ? causes.map(rawCause) : undefined
}

const behind = (error: Error) => causeNames.flatMap((name) => read(error, name)).slice(0, most.causes)

/** Nothing if it throws. */
const read = (error: Error, name: string): unknown[] =>
  tryOr(() => {
    const cause = error[name as 'cause']
    return cause === undefined ? [] : [cause].flat()
  }, [])

/** Each part is read when it is copied: any may throw. */
const rawCause = (cause: unknown): RawCause =>
  isError(cause)
    ? {
        get type() {
          return cause.name
        },
        get message() {
          return cause.message
        },
        get stack() {
          return stackOf(cause)
        },
      }
    : { type: tagOf(cause), message: cause ?? `${cause}`, stack: '' }
