import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { findBrowser } from '../../../scripts/browser.ts'
import { switches } from './launch.ts'

/** What the browser tells of a tab, unasked. */
export interface Notice {
  method: string
  params: Record<string, unknown>
  sessionId?: string
}

/** A Chromium that is driven by the bare protocol: nothing of a tool's own is in its pages, and it may die at any time. */
export interface DevTools {
  process: ChildProcess
  /** Resolves when the process has ended. */
  ended: Promise<void>
  /** Asks the browser, or one of its tabs; rejects with what the browser says, or when it ends before it has answered. */
  send<T = Record<string, unknown>>(method: string, params?: object, sessionId?: string): Promise<T>
  /** Hears what the browser tells unasked. */
  listen(listener: (notice: Notice) => void): void
}

/** Starts a Chromium on this profile, which another one may have used before. */
export function devTools(profile: string, args: string[] = []): DevTools {
  const child = spawn(findBrowser(), [...switches, '--remote-debugging-pipe', `--user-data-dir=${profile}`, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable]
  const asked = new Map<number, { resolve(answer: never): void; reject(error: Error): void }>()
  const listeners: ((notice: Notice) => void)[] = []
  let last = 0

  const hear = (message: string) => {
    const { id, error, result, ...notice } = JSON.parse(message)
    if (id === undefined) for (const listener of listeners) listener(notice)
    else if (error) asked.get(id)?.reject(new Error(error.message))
    else asked.get(id)?.resolve(result as never)
    asked.delete(id)
  }
  let rest = ''
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const messages = (rest + chunk).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) hear(message)
  })
  // a browser that dies leaves a broken pipe: whoever asked hears it below
  input.on('error', () => {})

  const ended = new Promise<void>((resolve) => {
    const end = (why: string) => {
      for (const { reject } of asked.values()) reject(new Error(`the browser ${why} before it answered`))
      asked.clear()
      resolve()
    }
    child.once('error', (error) => end(`was not started: ${error.message}`))
    child.once('exit', (code, signal) => end(`ended with ${signal ?? code}`))
  })

  return {
    process: child,
    ended,
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        if (child.exitCode !== null || child.signalCode !== null) return reject(new Error('the browser has ended'))
        asked.set(++last, { resolve, reject })
        input.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
      }),
    listen: (listener) => void listeners.push(listener),
  }
}
