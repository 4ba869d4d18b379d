import type { Step } from './step.ts'

/**
 * What the client has done so far in this page, as counts of its steps: `reading metrics`, `unsupported view.fps[]`, `send`,
 * `sent`, `retry`, `drop full`, `skip` … and of what has been sent (`bytes`), waits for an answer (`waiting`, of at most
 * 500), cost time on the main thread to be put together and handed over (`ms`).
 */
export type Status = Record<string, number>

/** Counts a step. */
export const count = (status: Status, { type, field, part, bytes, cause }: Partial<Step>): void => {
  const add = (name: string, more = 1) => {
    status[name] = (status[name] ?? 0) + more
  }
  add([type, field ?? part ?? (type === 'drop' ? cause : '')].join(' ').trim())
  if (type === 'sent') add('bytes', Number(bytes))
  // a beacon waits until it was taken or is given up
  add('waiting', type === 'send' ? 1 : type === 'sent' || type === 'drop' ? -1 : 0)
}
