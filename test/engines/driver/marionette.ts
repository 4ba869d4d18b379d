import { createConnection, type Socket } from 'node:net'
import { error, Session } from 'selenium-webdriver'
import type { Command, Executor } from 'selenium-webdriver/lib/command.js'

/** Selenium's names of W3C WebDriver's commands, and Marionette's. */
const commands: Record<string, string> = {
  newSession: 'WebDriver:NewSession',
  quit: 'Marionette:Quit',
  get: 'WebDriver:Navigate',
  goBack: 'WebDriver:Back',
  refresh: 'WebDriver:Refresh',
  getCurrentUrl: 'WebDriver:GetCurrentURL',
  executeScript: 'WebDriver:ExecuteScript',
  executeAsyncScript: 'WebDriver:ExecuteAsyncScript',
  setTimeout: 'WebDriver:SetTimeouts',
  actions: 'WebDriver:PerformActions',
  clearActions: 'WebDriver:ReleaseActions',
  newWindow: 'WebDriver:NewWindow',
  switchToWindow: 'WebDriver:SwitchToWindow',
  getCurrentWindowHandle: 'WebDriver:GetWindowHandle',
  getWindowHandles: 'WebDriver:GetWindowHandles',
  minimizeWindow: 'WebDriver:MinimizeWindow',
  setWindowRect: 'WebDriver:SetWindowRect',
  close: 'WebDriver:CloseWindow',
}

/**
 * Speaks Marionette, the protocol below geckodriver, in the place of Selenium's HTTP: `length:[0, id, command, parameters]`
 * there and `length:[1, id, error, result]` back.
 */
export async function marionette(port: number): Promise<Executor> {
  const socket = await connected(port)
  const asked = new Map<number, (error: Refusal | null, result: unknown) => void>()
  let last = 0
  let rest = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const colon = rest.indexOf(':')
      const end = colon + 1 + Number(rest.subarray(0, colon))
      if (colon < 0 || rest.length < end) return
      const message = JSON.parse(rest.subarray(colon + 1, end).toString())
      rest = rest.subarray(end)
      // the first one is the greeting
      if (Array.isArray(message)) asked.get(message[1])?.(message[2], message[3])
    }
  })
  socket.on('close', () => {
    for (const answer of asked.values()) answer({ error: 'unknown error', message: 'Firefox has ended' }, null)
  })
  return {
    execute: <T>(command: Command) =>
      new Promise<T>((resolve, reject) => {
        const { sessionId: _, capabilities, ...given } = command.getParameters() as Record<string, unknown>
        // which geckodriver would choose, and hand on bare
        const parameters = capabilities ? (capabilities as { alwaysMatch: object }).alwaysMatch : given
        const name = commands[command.getName()]
        if (socket.destroyed) throw new Error(`${command.getName()}: Firefox has ended`)
        if (!name) throw new Error(`${command.getName()} has no counterpart in Marionette yet`)
        const id = ++last
        asked.set(id, (refusal, result) => {
          asked.delete(id)
          if (refusal) reject(toError(refusal))
          else resolve((name === commands.newSession ? toSession(result as NewSession) : unwrapped(result)) as T)
        })
        const text = JSON.stringify([0, id, name, parameters])
        socket.write(`${Buffer.byteLength(text)}:${text}`)
      }),
  }
}

interface Refusal {
  error: string
  message: string
}

/** As Selenium throws what the other drivers refuse. */
const toError = (refusal: Refusal): Error => {
  try {
    error.throwDecodedError({ ...refusal, stacktrace: '' })
  } catch (thrown) {
    return thrown as Error
  }
}

interface NewSession {
  sessionId: string
  capabilities: object
}

const toSession = ({ sessionId, capabilities }: NewSession) => new Session(sessionId, capabilities)

const unwrapped = (result: unknown) =>
  result !== null && typeof result === 'object' && Object.keys(result).join() === 'value'
    ? (result as { value: unknown }).value
    : result

const connected = (port: number) =>
  new Promise<Socket>((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
