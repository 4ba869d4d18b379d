import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What an engine runs on, and how it is given back. */
export class Processes {
  readonly #children: ChildProcess[] = []
  readonly #folders: string[] = []

  /** Starts a process of this engine; what it writes is dropped unless `heard` takes it. */
  start(command: string, args: string[], heard?: (text: string) => void, env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(command, args, {
      stdio: ['ignore', heard ? 'pipe' : 'ignore', heard ? 'pipe' : 'ignore'],
      // a group of its own, so that what it starts ends with it
      detached: true,
      env: { ...process.env, LANG: 'C.UTF-8', ...env },
    })
    child.stdout?.on('data', (chunk) => heard?.(String(chunk)))
    child.stderr?.on('data', (chunk) => heard?.(String(chunk)))
    child.on('error', () => {})
    this.#children.push(child)
    return child
  }

  /** Starts a process, and resolves with the first group of this pattern in what it writes. */
  startUntil(command: string, args: string[], pattern: RegExp, env?: NodeJS.ProcessEnv): Promise<string> {
    return new Promise((resolve, reject) => {
      let said = ''
      const fail = (why: string) =>
        reject(new Error(`${command} was expected to write ${pattern}, but ${why}:\n${said}`))
      const timer = setTimeout(fail, 60_000, 'has not within 60 s')
      const child = this.start(
        command,
        args,
        (text) => {
          said = (said + text).slice(-4000)
          const found = pattern.exec(said)?.[1]
          if (found === undefined) return
          clearTimeout(timer)
          resolve(found)
        },
        env,
      )
      child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`))
      child.once('error', ({ message }) => fail(message))
    })
  }

  /** A folder that goes with the engine. */
  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'crum-engine-'))
    this.#folders.push(folder)
    return folder
  }

  /** Ends them all, and what they have started. */
  async end(): Promise<void> {
    for (const child of this.#children.reverse()) {
      if (!child.pid) continue
      const ended = child.exitCode ?? child.signalCode ?? new Promise((resolve) => child.once('exit', resolve))
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // nothing of the group is left
      }
      await ended
    }
    const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }
    await Promise.all(this.#folders.map((folder) => rm(folder, options)))
  }
}

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
